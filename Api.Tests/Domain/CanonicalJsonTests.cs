using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Repository.Domain.Encoding;

namespace Repository.Api.Tests.Domain;

/// <summary>RFC 8785, by its own examples and beyond; numbers are in <see cref="CanonicalNumbersTests"/>.</summary>
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

        var canonical = Encoding.UTF8.GetBytes(Canonical.Of(Input));

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

        var canonical = JsonElement.Parse(Canonical.Of(Input));

        Assert.Equal(
            [
                "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face",
                "Hebrew Letter Dalet With Dagesh",
            ],
            canonical.EnumerateObject().Select(member => member.Value.GetString()));
    }

    [Theory]
    [InlineData("[ ]", "[]")]
    [InlineData("{ }", "{}")]
    [InlineData(" \t\r\n null \t\r\n ", "null")]
    [InlineData("""{"b":{"d":1,"c":[{"z":null,"y":2.0}]},"a":""}""", """{"a":"","b":{"c":[{"y":2,"z":null}],"d":1}}""")]
    [InlineData("""{"aa":1,"a":2,"A":3,"":4}""", """{"":4,"A":3,"a":2,"aa":1}""")]
    [InlineData("""{"a":[{},[],{"d":0,"c":0},"x"],"\u0041":true}""", """{"A":true,"a":[{},[],{"c":0,"d":0},"x"]}""")]
    [InlineData("\"\\u0000\\u001f\\u007f\\b\\t\\n\\f\\r</script>\"", "\"\\u0000\\u001f\u007f\\b\\t\\n\\f\\r</script>\"")]
    [InlineData("""["\uD83D\uDE00\u00e9\/\\\""]""", """["😀é/\\\""]""")]
    public void A_value_has_one_form(string json, string expected) => Assert.Equal(expected, Canonical.Of(json));

    [Fact]
    public void Names_are_sorted_by_what_they_stand_for_and_not_by_how_they_are_written()
    {
        string[] names = ["", "\u0000", "\u001f", " ", "!", "\"", "#", "Z", "[", "\\", "]", "\u007f", "\u00e9", "\ud7ff", "\U00010000", "\U0010ffff", "\ue000", "\uffff"];
        var members = names.Select(name => $"{JsonSerializer.Serialize(name)}:0");

        var sorted = JsonElement.Parse(Canonical.Of($"{{{string.Join(',', members.Reverse())}}}"));

        Assert.Equal(names.Order(StringComparer.Ordinal), sorted.EnumerateObject().Select(member => member.Name));
        Assert.Equal(names, sorted.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void A_name_may_stand_in_an_object_and_in_one_inside_it() =>
        Assert.Equal("""{"a":{"a":[{"a":1},{"a":1}]},"b":0}""", Canonical.Of("""{"b":0,"a":{"a":[{"a":1},{"a":1}]}}"""));

    [Fact]
    public void A_refusal_leaves_nothing_behind_and_a_form_is_appended()
    {
        using var output = new PooledBuffer(1);
        output.Append("before"u8);

        Assert.False(CanonicalJson.TryWrite("[1,2,"u8, Canonical.MaxDepth, output, out _));
        Assert.Equal("before", Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.True(CanonicalJson.TryWrite("{\"b\":1,\"a\":2}"u8, Canonical.MaxDepth, output, out _));
        Assert.Equal("before{\"a\":2,\"b\":1}", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Sixty_four_kibibytes_of_members_in_reverse_on_every_level_are_put_in_order()
    {
        var json = "0";
        for (var depth = 0; depth < Canonical.MaxDepth; depth++)
        {
            // Each level is put in order with all below it, and brings 2 KiB of its own.
            json = $"{{{string.Join(',', Enumerable.Range(0, 200).Select(i => $"\"{999 - i}\":{i}"))},\"000\":{json}}}";
        }

        var canonical = Canonical.Of(json);

        Assert.InRange(json.Length, 60_000, 70_000);
        Assert.Equal(json.Length, canonical.Length);
        Assert.StartsWith("{\"000\":{\"000\":", canonical, StringComparison.Ordinal);
        Assert.Equal(canonical, Canonical.Of(canonical));
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain é😀\uffff")]
    [InlineData("\0\b\t\n\f\r\u001f\"\\/\u007f")]
    public void A_string_of_ours_is_written_as_a_received_one(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        var longer = string.Concat(Enumerable.Repeat(text, 1000));

        CanonicalJson.WriteString(output, text);
        CanonicalJson.WriteString(output, longer);

        Assert.Equal(Canonical.Of(JsonSerializer.Serialize(text)) + Canonical.Of(JsonSerializer.Serialize(longer)), Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData('\ud800')]
    [InlineData('\udfff')]
    public void A_lone_surrogate_in_a_string_of_ours_is_a_bug(char surrogate) =>
        Assert.Throws<FormatException>(() => CanonicalJson.WriteString(new ArrayBufferWriter<byte>(), $"a{surrogate}b"));
}
