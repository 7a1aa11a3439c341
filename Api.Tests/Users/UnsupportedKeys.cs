using System.Security.Cryptography;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Keys;

namespace Repository.Api.Tests.Users;

/// <summary>Texts that are <c>key-unsupported</c>.</summary>
internal static class UnsupportedKeys
{
    /// <summary>No signing key, each for a reason of its own.</summary>
    public static TheoryData<string, string> Signing =>
    [
        .. Both,
        ("an X25519 key", OpenSslKeys.X25519),
        ("a small-order point", Ed25519("0000000000000000000000000000000000000000000000000000000000000000")),
        ("a point that is not canonical", Ed25519("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")),
        ("a point off the curve", Ed25519("0200000000000000000000000000000000000000000000000000000000000000")),
        ("a point that is too short", OpenSslKeys.Pem("PUBLIC KEY", OpenSslKeys.Der(OpenSslKeys.P256).AsSpan()[..^1])),
        ("a point off P-256", OpenSslKeys.Pem("PUBLIC KEY", [.. OpenSslKeys.Der(OpenSslKeys.P256)[..^1], 0])),
    ];

    /// <summary>No sealing key, each for a reason of its own.</summary>
    public static TheoryData<string, string> Sealing =>
    [
        .. Both,
        ("an Ed25519 key", OpenSslKeys.Ed25519),
        ("an RSA key", OpenSslKeys.Rsa2048),
        ("a P-256 key", OpenSslKeys.P256),
        ("the point zero", X25519(new byte[32])),
        ("a point of low order", X25519(Convert.FromHexString("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"))),
        ("a key that is too short", X25519(TestSealingKey.Make().PublicKey[1..])),
    ];

    private static (string, string)[] Both =>
    [
        ("no text", string.Empty),
        ("no PEM", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAog392UbeXrk9E2m/DqqizyxObsWTcxNri1dcZ6fyJC"),
        ("base64 alone", Convert.ToBase64String(OpenSslKeys.Der(OpenSslKeys.Ed25519))),
        ("an empty block", OpenSslKeys.Pem("PUBLIC KEY", [])),
        ("no DER", OpenSslKeys.Pem("PUBLIC KEY", RandomNumberGenerator.GetBytes(44))),
        ("two keys", OpenSslKeys.Ed25519 + OpenSslKeys.X25519),
        ("too long a text", OpenSslKeys.Ed25519 + new string('\n', 5000)),
        ("RSA of 1024 bits", RefusedOpenSslKeys.Rsa1024),
        ("RSA for PSS only", RefusedOpenSslKeys.RsaPss),
        ("P-384", RefusedOpenSslKeys.P384),
        ("P-521", RefusedOpenSslKeys.P521),
        ("secp256k1", RefusedOpenSslKeys.Secp256K1),
        ("Ed448", RefusedOpenSslKeys.Ed448),
        ("X448", RefusedOpenSslKeys.X448),
        ("DSA", RefusedOpenSslKeys.Dsa),
        ("a certificate", RefusedOpenSslKeys.Certificate),
        ("a private key", RefusedOpenSslKeys.Ed25519Private),
    ];

    private static string Ed25519(string point) =>
        OpenSslKeys.Pem("PUBLIC KEY", [.. OpenSslKeys.Der(OpenSslKeys.Ed25519)[..12], .. Convert.FromHexString(point)]);

    private static string X25519(byte[] point) => OpenSslKeys.Pem("PUBLIC KEY", [.. OpenSslKeys.Der(OpenSslKeys.X25519)[..12], .. point]);
}
