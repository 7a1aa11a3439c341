using System.Globalization;
using System.Numerics;

namespace Repository.Domain.Cryptography;

/// <summary>
/// Finds the second coordinate of a compressed point of P-256 (SEC 1, section 2.3.4), which the base library does not. It works on a public value,
/// in time that depends on it, and decides nothing: the base library still checks that the point is on the curve.
/// </summary>
internal static class P256Point
{
    public const int CoordinateLength = 32;

    private const byte EvenSign = 2;
    private const byte OddSign = 3;

    // FIPS 186-4, D.1.2.3: y² = x³ - 3x + b over p.
    private static readonly BigInteger P = Number("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
    private static readonly BigInteger B = Number("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");

    // p is 3 modulo 4, so raising a square to (p + 1) / 4 gives a root of it.
    private static readonly BigInteger RootExponent = (P + 1) / 4;

    /// <summary>Reads a sign and x.</summary>
    /// <returns>False when the length or the sign is another, x is not below p, or there is no point with that x.</returns>
    public static bool TryDecompress(ReadOnlySpan<byte> compressed, out byte[] coordinates)
    {
        coordinates = [];
        if (compressed.Length != 1 + CoordinateLength || compressed[0] is not (EvenSign or OddSign))
        {
            return false;
        }

        var x = new BigInteger(compressed[1..], isUnsigned: true, isBigEndian: true);
        if (x >= P)
        {
            return false;
        }

        var square = ((x * x * x) + (P - 3) * x + B) % P;
        var y = BigInteger.ModPow(square, RootExponent, P);
        if (y * y % P != square)
        {
            return false;
        }

        var isOdd = compressed[0] == OddSign;
        coordinates = [.. compressed[1..], .. Coordinate(y.IsEven == isOdd ? P - y : y)];
        return true;
    }

    private static byte[] Coordinate(BigInteger number)
    {
        var digits = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[CoordinateLength - digits.Length], .. digits];
    }

    // The leading zero keeps the parser from reading a sign.
    private static BigInteger Number(string hex) => BigInteger.Parse("0" + hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
