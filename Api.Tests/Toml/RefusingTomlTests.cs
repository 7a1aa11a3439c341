using Repository.Domain.Encoding.Toml;

namespace Repository.Api.Tests.Toml;

/// <summary>Documents that are no TOML 1.0.0: where they go wrong, in which key, and in which words.</summary>
public sealed class RefusingTomlTests
{
    public static IEnumerable<TheoryDataRow<string, byte[], string>> Documents => DocumentFile.Read("InvalidDocuments.txt");

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_is_refused_at_its_flaw(string name, byte[] document, string expected)
    {
        Assert.NotEmpty(name);
        var error = TaggedToml.Refuse(document);

        Assert.Equal(expected, $"{error.Position} {error.Key}".TrimEnd());
        Assert.Equal(error.Key is null, error.Path.Count == 0);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("_1")]
    [InlineData("1_")]
    [InlineData("1__0")]
    [InlineData("+_1")]
    [InlineData("01")]
    [InlineData("00")]
    [InlineData("-01")]
    [InlineData("+00")]
    [InlineData("0_1")]
    [InlineData("--1")]
    [InlineData("+-1")]
    [InlineData("+")]
    [InlineData("-")]
    [InlineData("1+")]
    [InlineData("1-")]
    [InlineData("1a")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("99999999999999999999999999")]
    [InlineData("0x")]
    [InlineData("0x_1")]
    [InlineData("0x1_")]
    [InlineData("0x1__2")]
    [InlineData("0xg")]
    [InlineData("0X1")]
    [InlineData("+0x1")]
    [InlineData("-0x1")]
    [InlineData("0x-1")]
    [InlineData("0x1.0")]
    [InlineData("0x8000000000000000")]
    [InlineData("0xFFFFFFFFFFFFFFFF")]
    [InlineData("0x10000000000000000")]
    [InlineData("00x1")]
    [InlineData("0o")]
    [InlineData("0o8")]
    [InlineData("0O7")]
    [InlineData("+0o7")]
    [InlineData("0o1000000000000000000000")]
    [InlineData("0b")]
    [InlineData("0b2")]
    [InlineData("0B1")]
    [InlineData("-0b1")]
    [InlineData("0b_1")]
    [InlineData("0b1000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("+.5")]
    [InlineData("-.5")]
    [InlineData("1.e5")]
    [InlineData("1.+5")]
    [InlineData("1..5")]
    [InlineData("1.2.3")]
    [InlineData("1_.5")]
    [InlineData("1._5")]
    [InlineData("1.5_")]
    [InlineData("1.5__5")]
    [InlineData("01.5")]
    [InlineData("00.5")]
    [InlineData("-00.5")]
    [InlineData("0_0.5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e_5")]
    [InlineData("1e5_")]
    [InlineData("1_e5")]
    [InlineData("1e5.5")]
    [InlineData("1e1e1")]
    [InlineData("e5")]
    [InlineData("01e5")]
    [InlineData("1e--5")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("1.7976931348623159e308")]
    [InlineData("1e999999999999999999999")]
    [InlineData("1f")]
    [InlineData("0x1p3")]
    [InlineData("Inf")]
    [InlineData("INF")]
    [InlineData("infinity")]
    [InlineData("in")]
    [InlineData("++inf")]
    [InlineData("+ inf")]
    [InlineData("NaN")]
    [InlineData("NAN")]
    [InlineData("nano")]
    [InlineData("-+nan")]
    [InlineData("True")]
    [InlineData("FALSE")]
    [InlineData("truer")]
    [InlineData("tru")]
    [InlineData("t")]
    [InlineData("false_")]
    [InlineData("yes")]
    [InlineData("null")]
    [InlineData("nil")]
    [InlineData("word")]
    [InlineData("@")]
    [InlineData("=")]
    [InlineData("\\n")]
    [InlineData("(1)")]
    [InlineData("`x`")]
    [InlineData("“x”")]
    [InlineData("١")]
    [InlineData("1979-05-27T07:32Z")]
    [InlineData("1979-05-27T07:32")]
    [InlineData("1979-05-27T7:32:00Z")]
    [InlineData("1979-05-27T07:32:0Z")]
    [InlineData("1979-05-27T07:32:00.Z")]
    [InlineData("1979-05-27T07:32:00.")]
    [InlineData("1979-05-27T07:32:00.5.5Z")]
    [InlineData("1979-05-27T07:32:00X")]
    [InlineData("1979-05-27T07:32:00ZZ")]
    [InlineData("1979-05-27T07:32:00+01")]
    [InlineData("1979-05-27T07:32:00+0100")]
    [InlineData("1979-05-27T07:32:00+1:00")]
    [InlineData("1979-05-27T07:32:00+24:00")]
    [InlineData("1979-05-27T07:32:00+01:60")]
    [InlineData("1979-05-27T07:32:00-01:00Z")]
    [InlineData("1979-05-27T24:00:00Z")]
    [InlineData("1979-05-27T07:60:00Z")]
    [InlineData("1979-05-27T07:32:60Z")]
    [InlineData("1979-05-27T23:59:61Z")]
    [InlineData("1979-05-27T23:59:60+01:00")]
    [InlineData("1979-05-27T23:59:60")]
    [InlineData("9999-12-31T23:59:60Z")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("1979-05-27T")]
    [InlineData("1979-05-27Z")]
    [InlineData("1979-05-27 0")]
    [InlineData("1979-05-27 07:32")]
    [InlineData("1979-05-27_07:32:00Z")]
    [InlineData("1979-05-2707:32:00Z")]
    [InlineData("1979-13-01")]
    [InlineData("1979-00-01")]
    [InlineData("1979-05-00")]
    [InlineData("1979-05-32")]
    [InlineData("1979-04-31")]
    [InlineData("1979-02-29")]
    [InlineData("2100-02-29")]
    [InlineData("0000-01-01")]
    [InlineData("1979-5-27")]
    [InlineData("1979-05-7")]
    [InlineData("1979-05")]
    [InlineData("1979-")]
    [InlineData("1979-05-27-")]
    [InlineData("79-05-27")]
    [InlineData("11979-05-27")]
    [InlineData("1979/05/27")]
    [InlineData("+1979-05-27")]
    [InlineData("24:00:00")]
    [InlineData("07:60:00")]
    [InlineData("07:32:60")]
    [InlineData("23:59:60")]
    [InlineData("07:32")]
    [InlineData("7:32:00")]
    [InlineData("07:32:0")]
    [InlineData("07:32:00.")]
    [InlineData("07:32:00Z")]
    [InlineData("07:32:00+01:00")]
    [InlineData("T07:32:00")]
    [InlineData("07:32:-1")]
    public void A_value_that_is_none_is_refused_by_its_key(string literal)
    {
        var error = TaggedToml.Refuse($"# x\na = {literal}");

        Assert.Equal("a", error.Key);
        Assert.Equal(2, error.Position.Line);
        Assert.InRange(error.Position.Column, 5, 5 + literal.Length);
        Assert.Equal("t.a", TaggedToml.Refuse($"[t]\na = [1, {literal}]").Key);
        Assert.Equal("t.a.b", TaggedToml.Refuse($"[t]\na = {{b = {literal} }}").Key);
        Assert.Equal(1, TaggedToml.Refuse($"a = {literal}\nb = 1").Position.Line);
    }

    [Theory]
    [InlineData("\"hunter2")]
    [InlineData("'hunter2")]
    [InlineData("\"\"\"hunter2")]
    [InlineData("'''hunter2")]
    [InlineData("\"hunter2\\q\"")]
    [InlineData("\"hunter2\" hunter2")]
    [InlineData("\"hunter2\u0001\"")]
    [InlineData("hunter2")]
    [InlineData("[hunter2")]
    [InlineData("[\"hunter2\" \"hunter2\"]")]
    [InlineData("{b = \"hunter2\", b = \"hunter2\"}")]
    [InlineData("{hunter2}")]
    [InlineData("abc\nhunter2\ndef")]
    [InlineData("1\na = \"hunter2\"")]
    public void No_error_quotes_a_value(string literal)
    {
        var error = TaggedToml.Refuse($"a = {literal}");

        Assert.DoesNotContain("hunter2", $"{error} {error.Key} {error.Message}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\ufeff\ufeff", "A key must be of letters and digits of ASCII, - and _, or stand in quotation marks.")]
    [InlineData("a", "A key must be followed by an equals sign and a value.")]
    [InlineData("a = 1\na = 2", "The key has a value already.")]
    [InlineData("[a]\n[a]", "The table is defined already.")]
    [InlineData("[a]\n[[a]]", "The table is defined already.")]
    [InlineData("[[a]]\n[a]", "The key has a value already.")]
    [InlineData("[a.b]\n[a]\nb.c = 1", "The table is defined already.")]
    [InlineData("a = 1\na.b = 2", "The key has a value that is no table, so that nothing can be added to it.")]
    [InlineData("a = {}\na.b = 2", "The table is complete: it stands in braces or in a static array.")]
    [InlineData("a = [{}]\n[a.b]", "The table is complete: it stands in braces or in a static array.")]
    [InlineData("[a", "A header must be closed on its line, by as many brackets as opened it.")]
    [InlineData("a = 1 b", "Nothing but a comment may follow on the line.")]
    [InlineData("a = word", "A value must be a string in quotation marks, a number, true, false, a date or time, an array or a table in braces.")]
    [InlineData("a = 1__0", "A number is malformed: an underscore and a point must stand between two digits.")]
    [InlineData("a = 01", "A decimal number must not begin with a zero that is not needed.")]
    [InlineData("a = 9223372036854775808", "An integer must fit into 64 bits with its sign.")]
    [InlineData("a = 0x8000000000000000", "An integer must fit into 64 bits with its sign.")]
    [InlineData("a = 1e309", "A float must fit into 64 bits; infinity is written inf.")]
    [InlineData("a = 1979-02-29", "A date or time must be one of RFC 3339, with seconds, of the years 0001 to 9999.")]
    [InlineData("a = 'x", "The string is not closed before the end of its line.")]
    [InlineData("a = '''x", "The string is not closed.")]
    [InlineData("a = \"\\q\"", "A backslash must begin one of the escapes \\b \\t \\n \\f \\r \\\" \\\\ \\uXXXX \\UXXXXXXXX.")]
    [InlineData("a = \"\\ud800\"", "An escape of a character must have all its hex digits and name a Unicode scalar value.")]
    [InlineData("a = \"\u0001\"", "Control characters other than the tab and line ends must be escaped, in a string.")]
    [InlineData("a = 1\rb = 2", "A carriage return must be followed by a line feed.")]
    [InlineData("a = [", "The array is not closed.")]
    [InlineData("a = [1 2]", "A value in an array must be followed by a comma or the closing bracket.")]
    [InlineData("a = {b = 1", "A value in braces must be followed by a comma or the closing brace, on the same line.")]
    public void An_error_says_what_is_asked_for(string document, string message) =>
        Assert.Equal(message, TaggedToml.Refuse(document).Message);

    [Fact]
    public void Bytes_that_are_no_utf_8_are_named_so() => Assert.Equal("The document must be UTF-8.", TaggedToml.Refuse([0xFF]).Message);

    [Fact]
    public void A_document_cut_short_anywhere_is_read_or_refused_within_it()
    {
        Assert.All(ReadingTomlTests.Documents, row =>
        {
            var document = row.Data.Item2;
            for (var length = 0; length < document.Length; length++)
            {
                if (!TomlDocument.TryParse(document.AsSpan(0, length), out _, out var error))
                {
                    Assert.InRange(error.Position.Line, 1, 1 + document.AsSpan(0, length).Count((byte)'\n'));
                    Assert.InRange(error.Position.Column, 1, 1 + length);
                }
            }
        });
    }

    [Theory]
    [InlineData(0x00, 0x08)]
    [InlineData(0x0B, 0x0C)]
    [InlineData(0x0E, 0x1F)]
    [InlineData(0x7F, 0x7F)]
    public void No_control_character_may_stand_anywhere(int first, int last)
    {
        for (var control = first; control <= last; control++)
        {
            var character = ((char)control).ToString();
            foreach (var document in (string[])["!", "# !", "a = \"!\"", "a = '!'", "a = \"\"\"!\"\"\"", "a = '''!'''", "a = !1", "a = 1!", "[a!]", "[a]!", "a = [!]", "a = {!}", "\"!\" = 1"])
            {
                var error = TaggedToml.Refuse(document.Replace("!", character, StringComparison.Ordinal));
                Assert.Equal(new TomlPosition(1, 1 + document.IndexOf('!', StringComparison.Ordinal)), error.Position);
            }
        }
    }
}
