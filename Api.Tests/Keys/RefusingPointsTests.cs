using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Keys;

/// <summary>Keys of the right shape around points that are none, or that would let others sign.</summary>
public sealed class RefusingPointsTests
{
    private static readonly BigInteger P256Prime = Number("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");

    /// <summary>x = 5 has two points.</summary>
    private static readonly BigInteger YOfFive = Number("459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc");

    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")] // The neutral point: of order 1.
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // Of order 2.
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")] // Of order 4, both.
    [InlineData("0000000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")] // Of order 8, all four.
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")] // x = 0 with a sign.
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // p, p + 1: 0 and 1 spelt otherwise.
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // p + 3 is on the curve too.
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")] // y = 2 is not on the curve.
    [InlineData("feaf9d07b868cc52786305312c376563c622b0386a10d105e3c1501b28d65f7e")] // 12345 B and a point of order 2 (CVE-2025-69277),
    [InlineData("af6e8e63f857d90bf1afb0d2cd8753a15efed2964adc823c24f85082207e073e")] // of order 4,
    [InlineData("40a4cf5c611d737a2f1c6fcca84d9cabfed80987f186a5a6c57e629bff1af27f")] // of order 8.
    public void An_Ed25519_point_outside_the_group_of_prime_order_is_refused(string point) =>
        Assert.False(SigningKeys.IsTaken(SigningKeys.Ed25519Spki(Convert.FromHexString(point))));

    /// <summary>x + p fits 32 bytes when x is small.</summary>
    [Fact]
    public void A_P256_point_has_one_spelling()
    {
        Assert.True(SigningKeys.IsTaken(SigningKeys.P256Spki([4, .. Bytes(5), .. Bytes(YOfFive)])));
        Assert.True(SigningKeys.IsTaken(SigningKeys.P256Spki([4, .. Bytes(5), .. Bytes(P256Prime - YOfFive)])));
        Assert.True(SigningKeys.IsTaken(SigningKeys.P256Spki([2, .. Bytes(5)])));

        Assert.False(SigningKeys.IsTaken(SigningKeys.P256Spki([4, .. Bytes(5 + P256Prime), .. Bytes(YOfFive)])));
        Assert.False(SigningKeys.IsTaken(SigningKeys.P256Spki([2, .. Bytes(5 + P256Prime)])));
        Assert.False(SigningKeys.IsTaken(SigningKeys.P256Spki([2, .. Bytes(P256Prime)])));

        // The hybrid form (X9.62) gives the coordinate and the sign.
        Assert.False(SigningKeys.IsTaken(SigningKeys.P256Spki([6, .. Bytes(5), .. Bytes(YOfFive)])));
        Assert.False(SigningKeys.IsTaken(SigningKeys.P256Spki([7, .. Bytes(5), .. Bytes(YOfFive)])));
    }

    [Fact]
    public void A_P256_point_off_the_curve_or_at_infinity_is_refused()
    {
        Assert.False(SigningKeys.IsTaken(SigningKeys.P256Spki([4, .. Bytes(5), .. Bytes(YOfFive + 1)])));
        Assert.False(SigningKeys.IsTaken(SigningKeys.P256Spki([4, .. Bytes(0), .. Bytes(0)])));
        Assert.False(SigningKeys.IsTaken(SigningKeys.P256Spki([4, .. Enumerable.Repeat(byte.MaxValue, 64)])));
        Assert.False(SigningKeys.IsTaken(SigningKeys.P256Spki([0])));
        Assert.False(SigningKeys.IsTaken(SigningKeys.P256Spki([])));

        // No point has x = 1.
        Assert.False(SigningKeys.IsTaken(SigningKeys.P256Spki([2, .. Bytes(1)])));
        Assert.False(SigningKeys.IsTaken(SigningKeys.P256Spki([3, .. Bytes(1)])));
        Assert.False(SigningKeys.IsTaken(SigningKeys.P256Spki([5, .. Bytes(5)])));
    }

    /// <summary>Twice as many points as there are on the curve lie on curves with another b, which explicit parameters would name.</summary>
    [Fact]
    public void A_generated_point_with_any_bit_flipped_is_refused()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var spki = ecdsa.ExportSubjectPublicKeyInfo();
        for (var bit = 0; bit < spki.Length * 8; bit++)
        {
            spki[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(SigningKeys.IsTaken(spki));
            spki[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(SigningKeys.IsTaken(spki));
    }

    private static byte[] Bytes(BigInteger number)
    {
        var digits = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - digits.Length], .. digits];
    }

    private static BigInteger Number(string hex) => BigInteger.Parse("0" + hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
