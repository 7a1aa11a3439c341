using System.Security.Cryptography;

namespace Repository.Domain.Cryptography;

/// <summary>RSA with SHA-256 by the base library, PKCS#1 v1.5 or PSS; a signature is as long as the modulus.</summary>
internal sealed class RsaPublicKey : SigningPublicKey
{
    private readonly ImportedKey<RSA> _imported;

    private RsaPublicKey(byte[] spki, int modulusBits)
        : base(spki)
    {
        _imported = new(spki, RSA.Create);
        ModulusBits = modulusBits;
    }

    public override SigningKeyKind Kind => SigningKeyKind.Rsa;

    public override SignatureAlgorithm ProofAlgorithm => SignatureAlgorithm.RS256;

    public override int SignatureLength => (ModulusBits + 7) / 8;

    /// <summary>The size of the key.</summary>
    public int ModulusBits { get; }

    /// <returns>Null unless it is a key of this kind with acceptable numbers.</returns>
    public static RsaPublicKey? FromSpki(byte[] spki) => FromNumbers(RsaNumbers.FromSpki(spki));

    /// <returns>Null unless it is a key of this kind with acceptable numbers.</returns>
    public static RsaPublicKey? FromPkcs1(byte[] pkcs1) => FromNumbers(RsaNumbers.FromPkcs1(pkcs1));

    /// <returns>Null unless it has the shape; the numbers are not looked at.</returns>
    public static RsaPublicKey? FromRow(ReadOnlySpan<byte> spki)
    {
        var stored = spki.ToArray();
        return RsaNumbers.FromSpki(stored) is { } numbers ? new(stored, numbers.ModulusBits) : null;
    }

    public override bool Fits(SignatureAlgorithm algorithm) => algorithm is SignatureAlgorithm.RS256 or SignatureAlgorithm.PS256;

    public override byte[] EncryptOaep(ReadOnlySpan<byte> secret)
    {
        var rsa = _imported.Take();
        try
        {
            return rsa.Encrypt(secret, RSAEncryptionPadding.OaepSHA256);
        }
        finally
        {
            _imported.GiveBack(rsa);
        }
    }

    private protected override bool VerifiesFitting(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength)
        {
            return false;
        }

        // The base library's PSS has a salt as long as the hash, 32 bytes, and refuses another.
        var padding = algorithm == SignatureAlgorithm.PS256 ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        var rsa = _imported.Take();
        try
        {
            return rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, padding);
        }
        finally
        {
            _imported.GiveBack(rsa);
        }
    }

    private static RsaPublicKey? FromNumbers(RsaNumbers? read)
    {
        if (read is not { AreAcceptable: true } numbers)
        {
            return null;
        }

        // OpenSSL takes every acceptable key; another platform's library may have limits of its own, and a key that it cannot import is of no use here.
        var key = new RsaPublicKey(numbers.ToSpki(), numbers.ModulusBits);
        return key._imported.IsPossible() ? key : null;
    }
}
