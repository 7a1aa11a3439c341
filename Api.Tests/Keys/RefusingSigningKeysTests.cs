using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Keys;

/// <summary>Text that is no PEM of exactly one public key of a kind that signs.</summary>
public sealed class RefusingSigningKeysTests
{
    public static TheoryData<string> OtherKinds =>
    [
        OpenSslKeys.X25519, OpenSslKeys.P256Explicit, RefusedOpenSslKeys.Rsa1024, RefusedOpenSslKeys.RsaPss,
        RefusedOpenSslKeys.P384, RefusedOpenSslKeys.P521, RefusedOpenSslKeys.Secp256K1, RefusedOpenSslKeys.BrainpoolP256, RefusedOpenSslKeys.Sm2,
        RefusedOpenSslKeys.Ed448, RefusedOpenSslKeys.X448, RefusedOpenSslKeys.Dsa, RefusedOpenSslKeys.DiffieHellman,
        RefusedOpenSslKeys.Certificate, RefusedOpenSslKeys.Ed25519Private, RefusedOpenSslKeys.P256Private,
    ];

    public static TheoryData<string> NoPem =>
    [
        string.Empty,
        "\n",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKId/dlG3l65PRNpvw6qos8sTm7Fk3Mba4tXXGen8iQu me",
        "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
        "-----BEGIN RSA PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----\n",
        "-----BEGIN -----\nAAAA\n-----END -----\n",
        "-----BEGIN-----\nAAAA\n-----END-----\n",
        "key: " + OpenSslKeys.Ed25519,
        OpenSslKeys.Ed25519 + "# mine",
        "\ufeff" + OpenSslKeys.Ed25519,
        "\u00a0" + OpenSslKeys.Ed25519,
        "\0" + OpenSslKeys.Ed25519,
        OpenSslKeys.Ed25519 + "\u00a0",
        OpenSslKeys.Ed25519 + "\0",
        OpenSslKeys.Ed25519 + OpenSslKeys.Ed25519,
        OpenSslKeys.Ed25519 + OpenSslKeys.P256,
        OpenSslKeys.Ed25519.TrimEnd()[..^1],
        OpenSslKeys.Ed25519.Replace("MCow", "MC-w", StringComparison.Ordinal),
        OpenSslKeys.Ed25519.Replace("MCow", "Proc-Type: 4,ENCRYPTED\n\nMCow", StringComparison.Ordinal),
        OpenSslKeys.Ed25519.Replace("JC4=", "JC4", StringComparison.Ordinal),
        OpenSslKeys.Ed25519.Replace("END PUBLIC", "END RSA PUBLIC", StringComparison.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(OtherKinds))]
    public void A_key_of_another_kind_is_refused_under_every_label(string pem)
    {
        Assert.False(SigningPublicKey.TryParsePem(pem, out var key));
        Assert.Null(key);
        Assert.All(
            ["PUBLIC KEY", "RSA PUBLIC KEY", string.Empty],
            label => Assert.False(SigningPublicKey.TryParsePem(OpenSslKeys.Pem(label, OpenSslKeys.Der(pem)), out _)));
    }

    [Theory]
    [MemberData(nameof(NoPem))]
    public void Text_that_is_not_one_block_is_refused(string text) => Assert.False(SigningPublicKey.TryParsePem(text, out _));

    [Fact]
    public void No_text_is_refused() => Assert.False(SigningPublicKey.TryParsePem(null, out _));

    [Theory]
    [InlineData("RSA PUBLIC KEY", OpenSslKeys.Rsa2048)]
    [InlineData("RSA PUBLIC KEY", OpenSslKeys.Ed25519)]
    [InlineData("PUBLIC KEY", OpenSslKeys.Rsa2048Pkcs1)]
    [InlineData("public key", OpenSslKeys.Ed25519)]
    [InlineData("EC PUBLIC KEY", OpenSslKeys.P256)]
    [InlineData("ED25519 PUBLIC KEY", OpenSslKeys.Ed25519)]
    [InlineData("CERTIFICATE", OpenSslKeys.Ed25519)]
    [InlineData("PRIVATE KEY", OpenSslKeys.Ed25519)]
    public void A_key_under_a_label_that_is_not_its_own_is_refused(string label, string pem) =>
        Assert.False(SigningPublicKey.TryParsePem(OpenSslKeys.Pem(label, OpenSslKeys.Der(pem)), out _));

    [Theory]
    [InlineData(OpenSslKeys.Ed25519)]
    [InlineData(OpenSslKeys.Rsa2048)]
    [InlineData(OpenSslKeys.P256)]
    [InlineData(OpenSslKeys.P256Compressed)]
    public void A_key_with_bytes_too_many_or_too_few_is_refused(string pem)
    {
        var spki = OpenSslKeys.Der(pem);

        Assert.True(SigningKeys.IsTaken(spki));
        Assert.False(SigningKeys.IsTaken([.. spki, 0]));
        Assert.False(SigningKeys.IsTaken([.. spki, .. spki]));
        Assert.False(SigningKeys.IsTaken([0, .. spki]));
        for (var length = 0; length < spki.Length; length++)
        {
            Assert.False(SigningKeys.IsTaken(spki.AsSpan(0, length)));
        }
    }
}
