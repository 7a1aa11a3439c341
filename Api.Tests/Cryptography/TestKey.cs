using System.Security.Cryptography;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Cryptography;

/// <summary>A signing key pair as a client holds it.</summary>
internal sealed class TestKey
{
    private static readonly byte[] Ed25519Header = Convert.FromHexString("302a300506032b6570032100");

    private readonly byte[] _privateKey;

    private TestKey(SigningKeyKind kind, byte[] spki, byte[] privateKey)
    {
        Kind = kind;
        Spki = spki;
        _privateKey = privateKey;
    }

    public SigningKeyKind Kind { get; }

    /// <summary>The DER of the public key.</summary>
    public byte[] Spki { get; }

    /// <summary>As OpenSSL and the server write it.</summary>
    public string Pem => PemEncoding.WriteString("PUBLIC KEY", Spki) + '\n';

    public byte[] Hash => SHA256.HashData(Spki);

    /// <summary>The algorithm where none is named.</summary>
    public SignatureAlgorithm ProofAlgorithm => Kind switch
    {
        SigningKeyKind.Ed25519 => SignatureAlgorithm.EdDSA,
        SigningKeyKind.Rsa => SignatureAlgorithm.RS256,
        _ => SignatureAlgorithm.ES256,
    };

    /// <param name="kind">What to make.</param>
    /// <param name="bits">The size of an RSA key.</param>
    public static TestKey Make(SigningKeyKind kind, int bits = 2048)
    {
        switch (kind)
        {
            case SigningKeyKind.Ed25519:
                var (publicKey, privateKey) = ClientSodium.MakeEd25519();
                return new TestKey(kind, [.. Ed25519Header, .. publicKey], privateKey);
            case SigningKeyKind.Rsa:
                using (var rsa = RSA.Create(bits))
                {
                    return new TestKey(kind, rsa.ExportSubjectPublicKeyInfo(), rsa.ExportPkcs8PrivateKey());
                }

            default:
                using (var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                {
                    return new TestKey(kind, ecdsa.ExportSubjectPublicKeyInfo(), ecdsa.ExportPkcs8PrivateKey());
                }
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> data) => Sign(ProofAlgorithm, data);

    public byte[] Sign(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data) => algorithm switch
    {
        SignatureAlgorithm.EdDSA => ClientSodium.SignEd25519(_privateKey, data),
        SignatureAlgorithm.RS256 => SignRsa(data, RSASignaturePadding.Pkcs1),
        SignatureAlgorithm.PS256 => SignRsa(data, RSASignaturePadding.Pss),
        _ => SignP256(data, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
    };

    /// <summary>An ECDSA signature as OpenSSL writes it, which the formats do not take.</summary>
    public byte[] SignAsDer(ReadOnlySpan<byte> data) => SignP256(data, DSASignatureFormat.Rfc3279DerSequence);

    /// <summary>Decrypts what was encrypted to an RSA pair with OAEP (SHA-256).</summary>
    public byte[] DecryptOaep(byte[] encrypted)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(_privateKey, out _);
        return rsa.Decrypt(encrypted, RSAEncryptionPadding.OaepSHA256);
    }

    /// <summary>The public key of an RSA pair as PKCS#1.</summary>
    public string ToPkcs1Pem()
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(_privateKey, out _);
        return rsa.ExportRSAPublicKeyPem();
    }

    private byte[] SignRsa(ReadOnlySpan<byte> data, RSASignaturePadding padding)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(_privateKey, out _);
        return rsa.SignData(data, HashAlgorithmName.SHA256, padding);
    }

    private byte[] SignP256(ReadOnlySpan<byte> data, DSASignatureFormat format)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(_privateKey, out _);
        return ecdsa.SignData(data, HashAlgorithmName.SHA256, format);
    }
}
