using System.Globalization;
using System.Numerics;

namespace Repository.Api.Tests.Domain;

/// <summary>Numbers in canonical form: RFC 8785, appendix B, and where literals round, overflow or are refused.</summary>
public sealed class CanonicalNumbersTests
{
    private const string Overflow = "No number may overflow a double.";
    private const string Inexact = "No integer may need more digits than a double holds; it can stand as a string.";

    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void A_number_of_appendix_b_is_written_as_there(string bits, string expected)
    {
        var number = BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

        // As an integer literal some of them would not be exact; with an exponent all are read.
        Assert.Equal(expected, Canonical.Of(number.ToString("E16", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("-0e5", "0")]
    [InlineData("1", "1")]
    [InlineData("1.0", "1")]
    [InlineData("-1e0", "-1")]
    [InlineData("10e-1", "1")]
    [InlineData("2e0", "2")]
    [InlineData("-999999999999999", "-999999999999999")]
    [InlineData("9999999999999999.0", "10000000000000000")]
    [InlineData("1E+2", "100")]
    [InlineData("1e20", "100000000000000000000")]
    [InlineData("1e21", "1e+21")]
    [InlineData("10000000000000000000000", "1e+22")]
    [InlineData("1.2345678901234568e20", "123456789012345680000")] // ECMAScript's digits, which are not the double's own 123456789012345683968.
    [InlineData("123456789012345683968", "123456789012345680000")]
    [InlineData("2.98023223876953125e-8", "2.9802322387695312e-8")] // 2^-25: .NET 10 alone prints its neighbour.
    [InlineData("2.980232238769531e-8", "2.980232238769531e-8")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("9007199254740993.0", "9007199254740992")]
    [InlineData("9007199254740993e0", "9007199254740992")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("2e-324", "0")]
    [InlineData("-1e-400", "0")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157e+308")]
    [InlineData("1.79769313486231580e308", "1.7976931348623157e+308")] // Under the half of the last step.
    [InlineData("0e99999999999", "0")]
    [InlineData("0.0e+99999999999999999999", "0")]
    [InlineData("1e-99999999999", "0")]
    [InlineData("1e-99999999999999999999", "0")]
    public void A_literal_is_the_nearest_double(string literal, string expected) => Assert.Equal(expected, Canonical.Of(literal));

    [Theory]
    [InlineData("1e309")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("1.8e308")]
    [InlineData("1.7976931348623159e308")] // Over the half of the last step.
    [InlineData("1e99999999999")]
    [InlineData("-1e99999999999999999999")]
    [InlineData("{\"a\":[1e999]}")]
    public void A_literal_that_overflows_is_refused(string literal) => Assert.Equal(Overflow, Canonical.FlawOf(literal));

    [Theory]
    [InlineData("9007199254740992", "9007199254740993")] // 2^53
    [InlineData("-9007199254740992", "-9007199254740993")]
    [InlineData("9007199254740994", "9007199254740995")]
    [InlineData("18014398509481984", "18014398509481985")]
    [InlineData("9223372036854775808", "9223372036854775807")]
    [InlineData("10000000000000000000000", "10000000000000000000001")]
    [InlineData("123456789012345683968", "123456789012345680000")]
    [InlineData("99999999999999991611392", "100000000000000000000000")] // 1e23 is no double.
    public void An_integer_literal_must_be_exactly_a_double(string exact, string inexact)
    {
        Assert.Null(Canonical.FlawOf(exact));
        Assert.Equal(Inexact, Canonical.FlawOf(inexact));
    }

    [Fact]
    public void An_integer_is_exact_or_not_as_big_integers_say()
    {
        var dice = new Dice();
        for (var round = 0; round < 5_000; round++)
        {
            var near = dice.Next(3) == 0 ? BigInteger.Zero : new BigInteger(dice.Next(5) - 2);
            var integer = (new BigInteger(dice.NextBits() >> (11 + dice.Next(40))) << dice.Next(960)) + near;
            var number = (double)integer;
            var isExact = new BigInteger(number) == integer;

            Assert.True(isExact == Canonical.FlawOf(integer.ToString(CultureInfo.InvariantCulture)) is null, $"{integer}, {dice}");
        }
    }

    [Fact]
    public void The_largest_double_can_be_an_integer_and_the_next_integer_cannot()
    {
        var largest = new BigInteger(double.MaxValue);

        Assert.Equal("1.7976931348623157e+308", Canonical.Of(largest.ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(Inexact, Canonical.FlawOf((largest + 1).ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(Overflow, Canonical.FlawOf((largest * 2).ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(Overflow, Canonical.FlawOf("1" + new string('0', 309)));
    }

    [Fact]
    public void A_literal_of_a_mebibyte_is_read_like_any_other()
    {
        const int Size = 1 << 20;

        Assert.Equal(Overflow, Canonical.FlawOf(new string('9', Size)));
        Assert.Equal("0.1", Canonical.Of("0.1" + new string('0', Size)));
        Assert.Equal("0.3333333333333333", Canonical.Of("0." + new string('3', Size)));
        Assert.Equal("0", Canonical.Of("0." + new string('0', Size) + "1"));
        Assert.Equal("1", Canonical.Of("0." + new string('0', Size - 1) + $"1e{Size}"));
        Assert.Equal("0", Canonical.Of("0e" + new string('9', Size)));
        Assert.Equal("0", Canonical.Of("1e-" + new string('9', Size)));
        Assert.Equal(Overflow, Canonical.FlawOf("1e" + new string('9', Size)));
        Assert.Equal("10", Canonical.Of("1e" + new string('0', Size) + "1"));
    }
}
