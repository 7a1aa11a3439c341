using System.Text;
using Repository.Domain.Encoding.Toml;

namespace Repository.Api.Tests.Toml;

/// <summary>Documents made to cost more than their size.</summary>
public sealed class HostileTomlTests
{
    private const string TooDeep = "Tables and arrays must not be nested so deep.";
    private const int MaxSize = 1 << 20;

    /// <summary>Beginning, what is repeated, end. A number in braces is the round.</summary>
    public static TheoryData<string, string, string> Shapes => new()
    {
        { "", "a", "" },
        { "", "a.", "" },
        { "", "[", "" },
        { "", "[a]", "" },
        { "[", "a.", "b]" },
        { "", "\n", "" },
        { "", " ", "" },
        { "", "#", "" },
        { "", "# x\r\n", "" },
        { "", "{0} = 1\n", "" },
        { "", "{0}.a.b = 1\n", "" },
        { "a.a.a.a.a.a.a.a.a.a = 1\n", "a.a.a.a.a.a.a.a.b{0} = 1\n", "" },
        { "", "[a.b.c.d{0}]\n", "" },
        { "", "[[a]]\n", "" },
        { "", "[[a]]\n[[a.b]]\n[[a.b.c]]\nd.e = 1\n", "" },
        { "", "[t{0}.a]\n[t{0}]\n", "" },
        { "[x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x]\n", "k{0}=1\n", "" },
        { "a = ", "[", "" },
        { "a = ", "{{b = ", "" },
        { "a = [", "[],", "]" },
        { "a = [", "{{}},", "]" },
        { "a = [", "1,", "]" },
        { "a = [", "\n", "]" },
        { "a = [", "1, # x\n", "]" },
        { "a = [", "\"\\u0041\", 1979-05-27 07:32:00Z,", "]" },
        { "a = [", "{{b = {{c.d = 1}}}},", "]" },
        { "a = {{", "k{0} = 1,", "z = 1}}" },
        { "a = {{", "k.k{0} = 1,", "z = 1}}" },
        { "a = \"", "x", "\"" },
        { "a = \"", "x", "" },
        { "a = \"", "\\n", "\"" },
        { "a = \"", "\\U0001F600", "\"" },
        { "a = \"", "é", "\\q\"" },
        { "a = \"\"\"", "\"", "\"\"\"" },
        { "a = \"\"\"", "\" ", "\"\"\"" },
        { "a = \"\"\"", "\r\n", "\"\"\"" },
        { "a = \"\"\"", "\\\n", "\"\"\"" },
        { "a = \"\"\"\\", " ", "x\"\"\"" },
        { "a = \"\"\"\\", "\n \t", "x\"\"\"" },
        { "a = '''", "''", "'''" },
        { "a = ", "\"\"", "" },
        { "a = ", "1", "" },
        { "a = ", "1_", "1" },
        { "a = 0x", "0", "1" },
        { "a = 0.", "0", "1" },
        { "a = 1", "0", "e-1" },
        { "a = 1e", "9", "" },
        { "a = 1e-", "9", "" },
        { "a = 1979-05-27T07:32:00.", "9", "Z" },
        { "a = ", "+", "" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_document_of_a_mebibyte_costs_twice_what_half_of_it_does(string begin, string repeated, string end)
    {
        _ = Cost(begin, repeated, end, 1024);
        var half = Cost(begin, repeated, end, MaxSize / 2);
        var whole = Cost(begin, repeated, end, MaxSize);

        // Arrays that double may have just done so in one of the two. What grows with the square makes it four times as much.
        Assert.InRange(whole, 0, (3 * half) + 65_536);
        Assert.InRange(whole, 0, 100L * MaxSize);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{b=", "}")]
    public void Values_stand_in_one_another_to_the_limit(string open, string close)
    {
        Assert.NotNull(TaggedToml.Read($"a = {Nest(TomlDocument.MaxDepth)}"));
        Assert.NotNull(TaggedToml.Read($"[a]\nb = {Nest(TomlDocument.MaxDepth - 1)}"));
        Assert.NotNull(TaggedToml.Read($"[[a]]\nb = {Nest(TomlDocument.MaxDepth - 2)}"));
        IsTooDeep($"a = {Nest(TomlDocument.MaxDepth + 1)}", 5 + (open.Length * TomlDocument.MaxDepth));
        IsTooDeep($"[a]\nb = {Nest(TomlDocument.MaxDepth)}", 5 + (open.Length * (TomlDocument.MaxDepth - 1)));
        IsTooDeep($"[[a]]\nb.c = {Nest(TomlDocument.MaxDepth - 2)}", 7 + (open.Length * (TomlDocument.MaxDepth - 3)));
        IsTooDeep($"a = {Nest(100_000)}", 5 + (open.Length * TomlDocument.MaxDepth));

        string Nest(int depth) => string.Concat(Enumerable.Repeat(open, depth - 1)) + (open[0] == '[' ? "[]" : "{}") + string.Concat(Enumerable.Repeat(close, depth - 1));
    }

    [Fact]
    public void Keys_make_tables_to_the_limit()
    {
        Assert.NotNull(TaggedToml.Read($"{Dots(TomlDocument.MaxDepth)}.b = 1"));
        Assert.NotNull(TaggedToml.Read($"[{Dots(TomlDocument.MaxDepth)}]\nb = 1"));
        Assert.NotNull(TaggedToml.Read($"[[{Dots(TomlDocument.MaxDepth - 1)}]]\nb = 1"));
        IsTooDeep($"{Dots(TomlDocument.MaxDepth + 1)}.b = 1", 1 + (2 * (TomlDocument.MaxDepth + 1)));
        IsTooDeep($"[{Dots(TomlDocument.MaxDepth + 1)}]", 2 + (2 * TomlDocument.MaxDepth));
        IsTooDeep($"[[{Dots(TomlDocument.MaxDepth)}]]", 3 + (2 * (TomlDocument.MaxDepth - 1)));
        IsTooDeep($"[{Dots(TomlDocument.MaxDepth)}]\nb.c = 1", 1);
        IsTooDeep($"a = {{{Dots(TomlDocument.MaxDepth)}.b = 1}}", 6 + (2 * (TomlDocument.MaxDepth - 1)));

        static string Dots(int count) => string.Join('.', Enumerable.Repeat("a", count));
    }

    private static void IsTooDeep(string document, int column)
    {
        var error = TaggedToml.Refuse(document);
        Assert.Equal(TooDeep, error.Message);
        Assert.Equal(new TomlPosition(1 + document.Count(unit => unit == '\n'), column), error.Position);
    }

    /// <summary>What reading allocates, in bytes; unlike time it is the same at every run.</summary>
    private static long Cost(string begin, string repeated, string end, int size)
    {
        var text = new StringBuilder(begin.Replace("{{", "{", StringComparison.Ordinal));
        var piece = repeated.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);
        for (var round = 0; text.Length < size; round++)
        {
            text.Append(piece.Contains("{0}", StringComparison.Ordinal) ? piece.Replace("{0}", round.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal) : piece);
        }

        var document = Encoding.UTF8.GetBytes(text.Append(end.Replace("}}", "}", StringComparison.Ordinal)).ToString());
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = TomlDocument.TryParse(document, out _, out _);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
