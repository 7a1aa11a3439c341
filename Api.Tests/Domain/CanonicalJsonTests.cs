using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Repository.Domain.Encoding;

namespace Repository.Api.Tests.Domain;

/// <summary>RFC 8785, by its own examples, and number by number against an ECMAScript engine.</summary>
public sealed class CanonicalJsonTests
{
    [Fact]
    public void The_example_of_section_3_2_2_has_the_bytes_of_section_3_2_4()
    {
        const string Input =
            """
            {
              "numbers": [333333333.33333329, 1E30, 4.50,
                          2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        const string Expected =
            """
            7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72
            75 65 2c 66 61 6c 73 65 5d 2c 22 6e 75 6d 62 65 72 73 22 3a
            5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31
            65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32 2c 31 65 2d 32 37
            5d 2c 22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30
            30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d
            """;

        var canonical = CanonicalJson.Serialize(JsonElement.Parse(Input));

        Assert.Equal(
            Expected.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
            canonical.Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Members_are_sorted_by_utf_16_code_units_as_in_section_3_2_3()
    {
        const string Input =
            """
            {
              "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """;

        var canonical = JsonElement.Parse(CanonicalJson.Serialize(JsonElement.Parse(Input)));

        Assert.Equal(
            [
                "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face",
                "Hebrew Letter Dalet With Dagesh",
            ],
            canonical.EnumerateObject().Select(member => member.Value.GetString()));
    }

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
    public void A_number_of_appendix_b_is_written_as_there(string bits, string expected) =>
        Assert.Equal(expected, Spell(BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData("7fffffffffffffff")]
    [InlineData("7ff0000000000000")]
    [InlineData("fff0000000000000")]
    public void What_appendix_b_calls_an_error_is_refused(string bits) =>
        Assert.Throws<FormatException>(() => Spell(BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("""{"a":[1e999]}""")]
    public void A_literal_that_overflows_is_refused(string json) =>
        Assert.Throws<FormatException>(() => CanonicalJson.Serialize(JsonElement.Parse(json)));

    [Theory]
    [InlineData('\ud800')]
    [InlineData('\udfff')]
    public void A_lone_surrogate_is_refused(char surrogate) =>
        Assert.Throws<FormatException>(() => CanonicalJson.WriteString(new ArrayBufferWriter<byte>(), $"a{surrogate}b"));

    [Theory]
    [InlineData("[ ]", "[]")]
    [InlineData("{ }", "{}")]
    [InlineData("""{"b":{"d":1,"c":[{"z":null,"y":2.0}]},"a":""}""", """{"a":"","b":{"c":[{"y":2,"z":null}],"d":1}}""")]
    [InlineData("""{"aa":1,"a":2,"A":3}""", """{"A":3,"a":2,"aa":1}""")]
    [InlineData("\"\\u0000\\u001f\\u007f\\b\\t\\n\\f\\r</script>\"", "\"\\u0000\\u001f\u007f\\b\\t\\n\\f\\r</script>\"")]
    public void A_value_has_one_form(string json, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(CanonicalJson.Serialize(JsonElement.Parse(json))));

    [Fact]
    public async Task A_thousand_random_numbers_are_written_as_node_writes_them()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/node"), "Node.js is not installed here.");
        var numbers = Enumerable.Range(0, 1200)
            .Select(i => i < 1000 ? BitConverter.ToDouble(RandomNumberGenerator.GetBytes(8)) : RandomNumberGenerator.GetInt32(int.MaxValue) / Math.Pow(10, i % 20))
            .Where(double.IsFinite)
            .ToList();

        Assert.Equal(await AskNodeAsync(numbers), numbers.Select(Spell));
    }

    private static string Spell(double number)
    {
        var output = new ArrayBufferWriter<byte>();
        CanonicalJson.WriteNumber(output, number);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static async Task<string[]> AskNodeAsync(List<double> numbers)
    {
        const string Script =
            """
            for (const bits of require('fs').readFileSync(0, 'latin1').trim().split('\n')) {
              const view = new DataView(new ArrayBuffer(8));
              view.setBigUint64(0, BigInt('0x' + bits));
              console.log(JSON.stringify(view.getFloat64(0)));
            }
            """;
        using var node = Process.Start(new ProcessStartInfo("/usr/bin/node", ["-e", Script])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await node.StandardInput.WriteAsync(string.Join('\n', numbers.Select(number => BitConverter.DoubleToUInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture))));
        node.StandardInput.Close();
        var answer = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        return answer.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
