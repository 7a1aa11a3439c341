using Repository.Domain.Cryptography.Interop;

namespace Repository.Domain.Cryptography;

/// <summary>
/// Ed25519 (RFC 8032) by libsodium, which verifies without the cofactor and refuses an <c>s</c> that is not below the group's order.
/// <code>spki := header (12) | point (32)</code>
/// </summary>
internal sealed class Ed25519PublicKey : SigningPublicKey
{
    private Ed25519PublicKey(byte[] spki)
        : base(spki)
    {
    }

    public override SigningKeyKind Kind => SigningKeyKind.Ed25519;

    public override SignatureAlgorithm ProofAlgorithm => SignatureAlgorithm.EdDSA;

    public override int SignatureLength => Sodium.Ed25519SignatureBytes;

    /// <summary>RFC 8410, section 4: SEQUENCE { SEQUENCE { id-Ed25519 }, BIT STRING of 32 bytes }. DER has no other spelling, so comparing is parsing.</summary>
    private static ReadOnlySpan<byte> Header => [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

    /// <returns>Null unless it is a key of this kind whose point is canonical, on the curve, and of the prime order (so not of a small one).</returns>
    public static Ed25519PublicKey? FromSpki(ReadOnlySpan<byte> spki) =>
        FromRow(spki) is { } key && Sodium.crypto_core_ed25519_is_valid_point(key.Point) == 1 ? key : null;

    /// <returns>Null unless it has the shape; the point is not looked at.</returns>
    public static Ed25519PublicKey? FromRow(ReadOnlySpan<byte> spki) =>
        spki.Length == Header.Length + Sodium.Ed25519PublicKeyBytes && spki.StartsWith(Header) ? new(spki.ToArray()) : null;

    public override bool Fits(SignatureAlgorithm algorithm) => algorithm == SignatureAlgorithm.EdDSA;

    private ReadOnlySpan<byte> Point => Spki[Header.Length..];

    private protected override bool VerifiesFitting(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == Sodium.Ed25519SignatureBytes
        && Sodium.crypto_sign_verify_detached(signature, data, (ulong)data.Length, Point) == 0;
}
