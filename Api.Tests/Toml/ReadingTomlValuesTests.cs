namespace Repository.Api.Tests.Toml;

/// <summary>One value alone, in every place where one may stand.</summary>
public sealed class ReadingTomlValuesTests
{
    [Theory]
    [InlineData("1", "i:1")]
    [InlineData("+1", "i:1")]
    [InlineData("-1", "i:-1")]
    [InlineData("10", "i:10")]
    [InlineData("1_0", "i:10")]
    [InlineData("9223372036854775806", "i:9223372036854775806")]
    [InlineData("-9223372036854775807", "i:-9223372036854775807")]
    [InlineData("-9_2_2_3372036854775808", "i:-9223372036854775808")]
    [InlineData("0xAbCdEf", "i:11259375")]
    [InlineData("0x0_1", "i:1")]
    [InlineData("0o10", "i:8")]
    [InlineData("0o0_7", "i:7")]
    [InlineData("0b10", "i:2")]
    [InlineData("0b0_0", "i:0")]
    [InlineData("0xb1", "i:177")]
    [InlineData("0x0b1", "i:177")]
    [InlineData("1.0", "f:1")]
    [InlineData("0.5", "f:0.5")]
    [InlineData("+0.5", "f:0.5")]
    [InlineData("-0.5", "f:-0.5")]
    [InlineData("0.00", "f:0")]
    [InlineData("1.000", "f:1")]
    [InlineData("1_000.000_1", "f:1000.0001")]
    [InlineData("1e0", "f:1")]
    [InlineData("1E5", "f:100000")]
    [InlineData("1e+05", "f:100000")]
    [InlineData("1e-05", "f:1E-05")]
    [InlineData("0.0e0", "f:0")]
    [InlineData("-0.0e-0", "f:-0")]
    [InlineData("12345678901234567890.0", "f:1.2345678901234567E+19")]
    [InlineData("1e308", "f:1E+308")]
    [InlineData("2.2250738585072014e-308", "f:2.2250738585072014E-308")]
    [InlineData("4.9e-324", "f:5E-324")]
    [InlineData("2e-324", "f:0")]
    [InlineData("0e999999999999999999999", "f:0")]
    [InlineData("1e-999999999999999999999", "f:0")]
    [InlineData("9007199254740992.9", "f:9007199254740992")]
    [InlineData("9007199254740993.1", "f:9007199254740994")]
    [InlineData("0.1e1", "f:1")]
    [InlineData("inf", "f:Infinity")]
    [InlineData("-inf", "f:-Infinity")]
    [InlineData("nan", "f:NaN")]
    [InlineData("true", "b:true")]
    [InlineData("false", "b:false")]
    [InlineData("2026-11-21T19:19:00Z", "o:2026-11-21T19:19:00.0000000Z")]
    [InlineData("2026-11-21t19:19:00z", "o:2026-11-21T19:19:00.0000000Z")]
    [InlineData("2026-11-21 19:19:00z", "o:2026-11-21T19:19:00.0000000Z")]
    [InlineData("2026-11-21 19:19:00.5+01:30", "o:2026-11-21T17:49:00.5000000Z")]
    [InlineData("2026-11-21T19:19:00.0000000000000001Z", "o:2026-11-21T19:19:00.0000000Z")]
    [InlineData("1969-12-31T23:59:59.9999999Z", "o:1969-12-31T23:59:59.9999999Z")]
    [InlineData("2026-11-21T23:00:00-01:00", "o:2026-11-22T00:00:00.0000000Z")]
    [InlineData("2026-11-21T23:59:60Z", "o:2026-11-22T00:00:00.0000000Z")]
    [InlineData("2026-11-21T19:19:00", "l:2026-11-21T19:19:00.0000000")]
    [InlineData("2026-11-21 19:19:00.25", "l:2026-11-21T19:19:00.2500000")]
    [InlineData("9999-12-31T23:59:59.99999999999", "l:9999-12-31T23:59:59.9999999")]
    [InlineData("2026-11-21", "d:2026-11-21")]
    [InlineData("0004-02-29", "d:0004-02-29")]
    [InlineData("19:19:00", "t:19:19:00.0000000")]
    [InlineData("23:59:59.9999999999", "t:23:59:59.9999999")]
    [InlineData("00:00:00.0", "t:00:00:00.0000000")]
    [InlineData("\"\"", "s:")]
    [InlineData("\"1\"", "s:1")]
    [InlineData("'\"'", "s:\\\"")]
    [InlineData("\"'\"", "s:'")]
    [InlineData("\"\\\\\"", "s:\\\\")]
    [InlineData("'\\'", "s:\\\\")]
    [InlineData("\"\\\"\"", "s:\\\"")]
    [InlineData("\"\\u0041\"", "s:A")]
    [InlineData("\"\\U00000041\"", "s:A")]
    [InlineData("\"# no comment\"", "s:# no comment")]
    [InlineData("'''\n'''", "s:")]
    [InlineData("\"\"\"\n\n\"\"\"", "s:\\n")]
    [InlineData("\"\"\"\\\n\"\"\"", "s:")]
    [InlineData("\"\"\"a\\\n\n\t b\"\"\"", "s:ab")]
    [InlineData("'''''''", "s:'")]
    [InlineData("'''a''b'''", "s:a''b")]
    public void A_value_is_the_same_wherever_it_stands(string literal, string expected)
    {
        var tree = $"\"{expected}\"";

        Assert.Equal($"{{\"a\":{tree}}}", TaggedToml.Spell(TaggedToml.Read($"a={literal}")));
        Assert.Equal($"{{\"a\":{tree},\"b\":\"i:1\"}}", TaggedToml.Spell(TaggedToml.Read($"a={literal}\r\nb=1")));
        Assert.Equal($"{{\"a\":{tree}}}", TaggedToml.Spell(TaggedToml.Read($"a={literal}# x")));
        Assert.Equal($"{{\"t\":{{\"a\":{tree}}}}}", TaggedToml.Spell(TaggedToml.Read($"[t]\n\ta = {literal}\t")));
        Assert.Equal($"{{\"a\":[{tree},{tree},{tree}]}}", TaggedToml.Spell(TaggedToml.Read($"a=[{literal},{literal} , {literal}\n]")));
        Assert.Equal($"{{\"a\":{{\"b\":{tree},\"c\":{tree}}}}}", TaggedToml.Spell(TaggedToml.Read($"a={{b={literal},c={literal}}}")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(60_000)]
    public void Digits_are_counted_by_no_one(int count)
    {
        var zeros = new string('0', count);

        Assert.Equal("f:0.5", Tag($"0.5{zeros}"));
        Assert.Equal("f:5", Tag($"5.{zeros}0"));
        Assert.Equal("f:1", Tag($"1{zeros}.0e-{count}"));
        Assert.Equal("f:0.1", Tag($"0.{zeros}1e{count}"));
        Assert.Equal("f:10", Tag($"1e{zeros}1"));
        Assert.Equal("i:1", Tag($"0x{zeros}1"));
        Assert.Equal("t:19:19:00.1000000", Tag($"19:19:00.1000000{zeros}9"));
    }

    private static string Tag(string literal) => TaggedToml.Spell(TaggedToml.ValueOf(literal)).Trim('"');
}
