using System.Security.Cryptography;

namespace Repository.Domain.Cryptography;

/// <summary>
/// ECDSA on P-256 with SHA-256 by the base library; a signature is r ‖ s, 32 bytes each.
/// <code>spki := header (26) | 0x04 | x (32) | y (32)</code>
/// </summary>
internal sealed class P256PublicKey : SigningPublicKey
{
    private readonly ImportedKey<ECDsa> _imported;

    private P256PublicKey(byte[] spki)
        : base(spki) => _imported = new(spki, ECDsa.Create);

    public override SigningKeyKind Kind => SigningKeyKind.P256;

    public override SignatureAlgorithm ProofAlgorithm => SignatureAlgorithm.ES256;

    public override int SignatureLength => 2 * P256Point.CoordinateLength;

    /// <summary>
    /// RFC 5480, section 2: SEQUENCE { SEQUENCE { id-ecPublicKey, secp256r1 }, BIT STRING of 65 bytes, the first of them 4 }. DER has no other spelling,
    /// so comparing is parsing; explicit parameters, which could describe a curve of the sender's own making, never get further.
    /// </summary>
    private static ReadOnlySpan<byte> Header =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
        0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ];

    /// <summary>The same with a BIT STRING of 33 bytes, as <c>openssl ec -conv_form compressed</c> writes it; the sign follows.</summary>
    private static ReadOnlySpan<byte> CompressedHeader =>
    [
        0x30, 0x39, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
        0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x22, 0x00,
    ];

    /// <returns>Null unless it is a key of this kind whose point is on the curve, which importing finds out.</returns>
    public static P256PublicKey? FromSpki(ReadOnlySpan<byte> spki) =>
        FromRow(Uncompress(spki)) is { } key && key._imported.IsPossible() ? key : null;

    /// <returns>Null unless it has the shape; the point is not looked at.</returns>
    public static P256PublicKey? FromRow(ReadOnlySpan<byte> spki) => HasShape(spki) ? new(spki.ToArray()) : null;

    public override bool Fits(SignatureAlgorithm algorithm) => algorithm == SignatureAlgorithm.ES256;

    private protected override bool VerifiesFitting(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength)
        {
            return false;
        }

        var ecdsa = _imported.Take();
        try
        {
            return ecdsa.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        finally
        {
            _imported.GiveBack(ecdsa);
        }
    }

    private static bool HasShape(ReadOnlySpan<byte> spki) =>
        spki.Length == Header.Length + (2 * P256Point.CoordinateLength) && spki.StartsWith(Header);

    private static byte[] Uncompress(ReadOnlySpan<byte> spki) =>
        spki.StartsWith(CompressedHeader) && P256Point.TryDecompress(spki[CompressedHeader.Length..], out var coordinates)
            ? [.. Header, .. coordinates]
            : spki.ToArray();
}
