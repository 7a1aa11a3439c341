namespace Repository.Api.Tests.Domain;

/// <summary>Documents that have no canonical form; numbers are in <see cref="CanonicalNumbersTests"/>.</summary>
public sealed class RefusingJsonTests
{
    [Theory]
    [InlineData("""{"a":1,"a":1}""")]
    [InlineData("""{"a":1,"b":2,"a":3}""")]
    [InlineData("""{"b":1,"a":2,"b":3,"c":4}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""{"":1,"":2}""")]
    [InlineData("""{"\"":1,"\u0022":2}""")]
    [InlineData("""{"\ud83d\ude00":1,"😀":2}""")]
    [InlineData("""[[{"x":{"a":1,"c":{},"a":1}}]]""")]
    public void A_name_twice_in_an_object_is_refused(string json) =>
        Assert.Equal("No object may have two members of one name.", Canonical.FlawOf(json));

    [Theory]
    [InlineData(@"\ud800")]
    [InlineData(@"\udfff")]
    [InlineData(@"\ud800x")]
    [InlineData(@"\ud800\n")]
    [InlineData(@"\ud800\u0041")]
    [InlineData(@"\ud800\ud800")]
    [InlineData(@"\udc00\ud800")]
    [InlineData(@"x\uD83D😀")]
    public void Half_of_a_surrogate_pair_is_refused_in_values_and_in_names(string text)
    {
        const string Flaw = "No string may hold half of a surrogate pair.";

        Assert.Equal(Flaw, Canonical.FlawOf($"\"{text}\""));
        Assert.Equal(Flaw, Canonical.FlawOf($"{{\"{text}\":0}}"));
    }

    [Theory]
    [InlineData("22c022")]
    [InlineData("22c08022")]
    [InlineData("22ff22")]
    [InlineData("22eda08022")] // U+D800 as if it were a character.
    [InlineData("22f490808022")] // Over U+10FFFF.
    [InlineData("7b22e28222:30 7d")]
    public void Bytes_that_are_no_utf_8_are_refused(string hex) =>
        Assert.Equal("The document must be UTF-8.", Canonical.FlawOf(Convert.FromHexString(hex.Replace(":", "3a", StringComparison.Ordinal).Replace(" ", string.Empty, StringComparison.Ordinal))));

    [Fact]
    public void A_byte_order_mark_is_refused() =>
        Assert.Equal("The document must not begin with a byte-order mark.", Canonical.FlawOf("\ufeff{}"));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("[1")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":}")]
    [InlineData("{a:1}")]
    [InlineData("{'a':1}")]
    [InlineData("[1]]")]
    [InlineData("{}{}")]
    [InlineData("{} x")]
    [InlineData("1 2")]
    [InlineData("[1]//x")]
    [InlineData("[/**/1]")]
    [InlineData("01")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1e")]
    [InlineData("0x1")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("True")]
    [InlineData("nul")]
    [InlineData("\"\t\"")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"\\u123\"")]
    [InlineData("\"a")]
    [InlineData("\u00a0[]")]
    public void What_is_no_json_is_refused(string json) =>
        Assert.Equal("The document must be JSON, without comments, trailing commas or anything after it.", Canonical.FlawOf(json));

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Nesting_is_allowed_to_the_given_depth(string open, string close)
    {
        var allowed = Nest(Canonical.MaxDepth);

        Assert.Equal(allowed, Canonical.Of(allowed));
        Assert.Equal("The document must not be nested so deep.", Canonical.FlawOf(Nest(Canonical.MaxDepth + 1)));
        Assert.Equal("The document must not be nested so deep.", Canonical.FlawOf(Nest(10_000)));

        string Nest(int depth) => string.Concat(Enumerable.Repeat(open, depth - 1)) + (open[0] == '[' ? "[]" : "{}") + string.Concat(Enumerable.Repeat(close, depth - 1));
    }
}
