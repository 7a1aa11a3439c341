using System.Security.Cryptography;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Keys;

/// <summary>However a key is spelt when it comes in, it goes out as OpenSSL writes it.</summary>
public sealed class ReadingSigningKeysTests
{
    public static TheoryData<string, SigningKeyKind, string> Spellings => new()
    {
        { OpenSslKeys.Ed25519, SigningKeyKind.Ed25519, OpenSslKeys.Ed25519 },
        { OpenSslKeys.Rsa2048, SigningKeyKind.Rsa, OpenSslKeys.Rsa2048 },
        { OpenSslKeys.Rsa2048Exponent3, SigningKeyKind.Rsa, OpenSslKeys.Rsa2048Exponent3 },
        { OpenSslKeys.Rsa2048Pkcs1, SigningKeyKind.Rsa, OpenSslKeys.Rsa2048 },
        { OpenSslKeys.P256, SigningKeyKind.P256, OpenSslKeys.P256 },
        { OpenSslKeys.P256Compressed, SigningKeyKind.P256, OpenSslKeys.P256 },
        { OpenSslKeys.UnderEmptyLabel(OpenSslKeys.Rsa2048Pkcs1), SigningKeyKind.Rsa, OpenSslKeys.Rsa2048 },
        { OpenSslKeys.UnderEmptyLabel(OpenSslKeys.Rsa2048), SigningKeyKind.Rsa, OpenSslKeys.Rsa2048 },
        { OpenSslKeys.UnderEmptyLabel(OpenSslKeys.Ed25519), SigningKeyKind.Ed25519, OpenSslKeys.Ed25519 },
        { OpenSslKeys.UnderEmptyLabel(OpenSslKeys.P256), SigningKeyKind.P256, OpenSslKeys.P256 },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Every_spelling_comes_out_as_one(string pem, SigningKeyKind kind, string written)
    {
        Assert.True(SigningPublicKey.TryParsePem(pem, out var key));

        Assert.Equal(kind, key.Kind);
        Assert.Equal(written, key.ToPem());
        Assert.Equal(OpenSslKeys.Der(written), key.Spki);
        Assert.Equal(SHA256.HashData(OpenSslKeys.Der(written)), key.Hash);
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void A_key_that_was_stored_is_the_same_key(string pem, SigningKeyKind kind, string written)
    {
        var key = SigningKeys.Parse(pem);

        var loaded = SigningPublicKey.Load(kind, key.Spki);

        Assert.Equal(kind, loaded.Kind);
        Assert.Equal(written, loaded.ToPem());
        Assert.Equal(key.Hash, loaded.Hash);
    }

    [Fact]
    public void White_space_around_and_within_changes_nothing()
    {
        const string pem = OpenSslKeys.Ed25519;

        Assert.Equal(pem, SigningKeys.Parse(pem.ReplaceLineEndings("\r\n")).ToPem());
        Assert.Equal(pem, SigningKeys.Parse(pem.TrimEnd()).ToPem());
        Assert.Equal(pem, SigningKeys.Parse($"\r\n\t {pem} \n\n").ToPem());
        Assert.Equal(pem, SigningKeys.Parse(pem.Replace("MCow", "MC\now ", StringComparison.Ordinal)).ToPem());
    }

    [Fact]
    public void An_RSA_key_without_parameters_gets_them() =>
        Assert.Equal(
            OpenSslKeys.Rsa2048,
            SigningKeys.Parse(OpenSslKeys.Pem("PUBLIC KEY", SigningKeys.RsaSpki(OpenSslKeys.Der(OpenSslKeys.Rsa2048Pkcs1), _ => { }))).ToPem());

    /// <summary>Half of all points have an even and half an odd second coordinate; x may have leading zeros.</summary>
    [Fact]
    public void Both_points_of_an_x_are_found()
    {
        for (var i = 0; i < 50; i++)
        {
            using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var point = ecdsa.ExportParameters(includePrivateParameters: false).Q;
            byte[] compressed = [(byte)(2 + (point.Y![^1] & 1)), .. point.X!];

            Assert.Equal(
                ecdsa.ExportSubjectPublicKeyInfoPem() + "\n",
                SigningKeys.Parse(OpenSslKeys.Pem("PUBLIC KEY", SigningKeys.P256Spki(compressed))).ToPem());
        }
    }

    [Fact]
    public void A_key_of_any_size_from_2048_to_8192_bits_is_taken() => Assert.All(
        [2048, 2049, 2050, 2056, 3072, 4096, 6144, 8191, 8192],
        bits => Assert.True(SigningKeys.IsTaken(SigningKeys.RsaSpki(SigningKeys.Odd(bits), 65537))));

    [Fact]
    public void The_longest_key_fits_the_limit_three_times_over()
    {
        var pem = SigningKeys.Parse(OpenSslKeys.Pem("PUBLIC KEY", SigningKeys.RsaSpki(SigningKeys.Odd(8192), SigningKeys.Odd(64)))).ToPem();

        Assert.Equal(1499, pem.Length);
        Assert.True(SigningPublicKey.TryParsePem(pem + new string('\n', SigningPublicKey.MaxPemLength - pem.Length), out _));
        Assert.False(SigningPublicKey.TryParsePem(pem + new string('\n', SigningPublicKey.MaxPemLength - pem.Length + 1), out _));
    }

    [Theory]
    [InlineData(SigningKeyKind.Ed25519)]
    [InlineData(SigningKeyKind.Rsa)]
    [InlineData(SigningKeyKind.P256)]
    public void A_row_that_holds_no_such_key_is_a_bug(SigningKeyKind kind)
    {
        Assert.Throws<ArgumentException>(() => SigningPublicKey.Load(kind, []));
        Assert.Throws<ArgumentException>(() => SigningPublicKey.Load(kind, OpenSslKeys.Der(OpenSslKeys.X25519)));
        Assert.Throws<ArgumentException>(() => SigningPublicKey.Load(kind, OpenSslKeys.Der(OpenSslKeys.P256Compressed)));
        Assert.Throws<ArgumentOutOfRangeException>(() => SigningPublicKey.Load((SigningKeyKind)4, OpenSslKeys.Der(OpenSslKeys.Ed25519)));
    }
}
