using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Repository.Domain.Cryptography.Interop;

namespace Repository.Domain.Cryptography;

/// <summary>
/// The X25519 public key (RFC 7748) that secrets are sealed to. Instances do not change.
/// <code>spki := header (12) | u-coordinate (32, little endian)</code>
/// </summary>
public sealed class SealingPublicKey
{
    /// <summary>In characters; longer text is refused unread.</summary>
    public const int MaxPemLength = PublicKeyPem.MaxLength;

    private readonly byte[] _spki;

    private SealingPublicKey(byte[] spki) => _spki = spki;

    /// <summary>The DER of the SubjectPublicKeyInfo.</summary>
    public ReadOnlySpan<byte> Spki => _spki;

    /// <summary>SHA-256 of <see cref="Spki"/>, computed when asked for: the array is the caller's.</summary>
    public byte[] Hash => SHA256.HashData(_spki);

    /// <summary>The 32 bytes that libsodium takes.</summary>
    public ReadOnlySpan<byte> Bytes => Spki[Header.Length..];

    /// <summary>RFC 8410, section 4: SEQUENCE { SEQUENCE { id-X25519 }, BIT STRING of 32 bytes }. DER has no other spelling, so comparing is parsing.</summary>
    private static ReadOnlySpan<byte> Header => [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x03, 0x21, 0x00];

    /// <summary>Reads a stranger's PEM of a SubjectPublicKeyInfo. Everything that is not one X25519 key in its only spelling, or is of low order, is false.</summary>
    public static bool TryParsePem(string? text, [NotNullWhen(true)] out SealingPublicKey? key)
    {
        key = PublicKeyPem.TryDecode(text, out var label, out var der)
            && label is PublicKeyPem.SpkiLabel or PublicKeyPem.EmptyLabel
            && HasShape(der)
            && X25519Coordinate.IsCanonical(der.AsSpan(Header.Length))
            && HasFullOrder(der.AsSpan(Header.Length))
                ? new SealingPublicKey(der)
                : null;
        return key is not null;
    }

    /// <summary>Restores a key that <see cref="TryParsePem"/> accepted and this server stored.</summary>
    /// <exception cref="ArgumentException">The bytes are not the stored form of such a key.</exception>
    public static SealingPublicKey Load(ReadOnlySpan<byte> spki) =>
        HasShape(spki) ? new(spki.ToArray()) : throw new ArgumentException($"These {spki.Length} bytes are no X25519 key.", nameof(spki));

    /// <summary>Lines of 64 characters, each ended by a line feed, the last too.</summary>
    public string ToPem() => PublicKeyPem.Encode(_spki);

    private static bool HasShape(ReadOnlySpan<byte> spki) =>
        spki.Length == Header.Length + Sodium.Curve25519PointBytes && spki.StartsWith(Header);

    /// <summary>
    /// libsodium refuses a product of zero, which is what a point of low order gives: sealing to it would be sealing to everyone. Any scalar
    /// finds it, because clamping makes every scalar a multiple of the cofactor and of no other order.
    /// </summary>
    private static bool HasFullOrder(ReadOnlySpan<byte> coordinate)
    {
        ReadOnlySpan<byte> scalar = stackalloc byte[Sodium.Curve25519ScalarBytes];
        Span<byte> product = stackalloc byte[Sodium.Curve25519PointBytes];
        return Sodium.crypto_scalarmult_curve25519(product, scalar, coordinate) == 0;
    }
}
