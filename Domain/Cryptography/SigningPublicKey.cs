using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Repository.Domain.Cryptography;

/// <summary>
/// The public key that a user's or an issuer's signatures are verified with. However it was spelt when it came in, the same key has the same
/// <see cref="Spki"/>. Instances do not change and may be used by many threads at once.
/// </summary>
public abstract class SigningPublicKey
{
    /// <summary>In characters; longer text is refused unread.</summary>
    public const int MaxPemLength = PublicKeyPem.MaxLength;

    private readonly byte[] _spki;

    private protected SigningPublicKey(byte[] spki) => _spki = spki;

    public abstract SigningKeyKind Kind { get; }

    /// <summary>The DER of the SubjectPublicKeyInfo in its one spelling: RSA with NULL parameters, P-256 as a named curve and an uncompressed point.</summary>
    public ReadOnlySpan<byte> Spki => _spki;

    /// <summary>SHA-256 of <see cref="Spki"/>, computed when asked for: the array is the caller's.</summary>
    public byte[] Hash => SHA256.HashData(_spki);

    /// <summary>The algorithm of a proof of possession, where none is named.</summary>
    public abstract SignatureAlgorithm ProofAlgorithm { get; }

    /// <summary>In bytes: how long every signature of this key is.</summary>
    public abstract int SignatureLength { get; }

    /// <summary>
    /// Reads a stranger's PEM: SubjectPublicKeyInfo, PKCS#1, or either of them under an empty label. Everything that is not one well-formed key of a
    /// <see cref="SigningKeyKind"/> is false.
    /// </summary>
    public static bool TryParsePem(string? text, [NotNullWhen(true)] out SigningPublicKey? key)
    {
        key = PublicKeyPem.TryDecode(text, out var label, out var der) ? Read(label, der) : null;
        return key is not null;
    }

    /// <summary>Restores a key that <see cref="TryParsePem"/> accepted and this server stored. Its shape is looked at, its point or modulus is not.</summary>
    /// <exception cref="ArgumentException">The bytes are not the stored form of such a key.</exception>
    public static SigningPublicKey Load(SigningKeyKind kind, ReadOnlySpan<byte> spki)
    {
        SigningPublicKey? key = kind switch
        {
            SigningKeyKind.Ed25519 => Ed25519PublicKey.FromRow(spki),
            SigningKeyKind.Rsa => RsaPublicKey.FromRow(spki),
            SigningKeyKind.P256 => P256PublicKey.FromRow(spki),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of key."),
        };
        return key ?? throw new ArgumentException($"These {spki.Length} bytes are no {kind} key.", nameof(spki));
    }

    /// <summary>Lines of 64 characters, each ended by a line feed, the last too.</summary>
    public string ToPem() => PublicKeyPem.Encode(_spki);

    /// <summary>Whether signatures under this name can be this key's.</summary>
    public abstract bool Fits(SignatureAlgorithm algorithm);

    /// <summary>Whether the holder of this key signed the data. An algorithm that does not fit, and a signature of another length, is false.</summary>
    public bool Verifies(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        Fits(algorithm) && VerifiesFitting(algorithm, data, signature);

    /// <summary>Encrypts a secret for the holder of this key with RSA-OAEP (RFC 8017, 7.1): SHA-256, MGF1 with SHA-256, empty label.</summary>
    /// <returns>Null when this is no RSA key: the other kinds only sign.</returns>
    public virtual byte[]? EncryptOaep(ReadOnlySpan<byte> secret) => null;

    private protected abstract bool VerifiesFitting(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    private static SigningPublicKey? Read(string label, byte[] der) => label switch
    {
        PublicKeyPem.SpkiLabel => FromSpki(der),
        PublicKeyPem.Pkcs1Label => RsaPublicKey.FromPkcs1(der),
        PublicKeyPem.EmptyLabel => FromSpki(der) ?? RsaPublicKey.FromPkcs1(der),
        _ => null,
    };

    private static SigningPublicKey? FromSpki(byte[] der) =>
        Ed25519PublicKey.FromSpki(der) ?? P256PublicKey.FromSpki(der) ?? (SigningPublicKey?)RsaPublicKey.FromSpki(der);
}
