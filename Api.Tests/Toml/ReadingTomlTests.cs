using System.Text.Json.Nodes;
using Repository.Domain.Encoding.Toml;

namespace Repository.Api.Tests.Toml;

/// <summary>Whole documents of TOML 1.0.0; values alone are in <see cref="ReadingTomlValuesTests"/>.</summary>
public sealed class ReadingTomlTests
{
    public static IEnumerable<TheoryDataRow<string, byte[], string>> Documents => DocumentFile.Read("ValidDocuments.txt");

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_says_what_it_should(string name, byte[] document, string expected)
    {
        Assert.NotEmpty(name);
        Assert.Equal(TaggedToml.Normal(JsonNode.Parse(expected)!), TaggedToml.Spell(TaggedToml.Read(document)));
    }

    [Fact]
    public void Nothing_depends_on_how_lines_end()
    {
        Assert.All(Documents, row =>
        {
            var (_, document, expected) = row.Data;
            var crlf = new List<byte>();
            for (var i = 0; i < document.Length; i++)
            {
                crlf.AddRange(document[i] == '\n' && (i == 0 || document[i - 1] != '\r') ? "\r\n"u8 : [document[i]]);
            }

            Assert.Equal(TaggedToml.Normal(JsonNode.Parse(expected)!), TaggedToml.Spell(TaggedToml.Read([.. crlf])));
        });
    }

    [Fact]
    public void A_table_knows_what_made_it()
    {
        var root = TaggedToml.Read("""
            dotted.x = 1
            inline = {x.y = 1}
            [implicit.header]
            [[array.of]]
            [late.below]
            [late]
            """);

        Assert.Equal(TomlTableKind.Root, root.Kind);
        Assert.Equal(TomlTableKind.Dotted, Table(root, "dotted").Kind);
        Assert.Equal(TomlTableKind.Inline, Table(root, "inline").Kind);
        Assert.Equal(TomlTableKind.Dotted, Table(root, "inline", "x").Kind);
        Assert.Equal(TomlTableKind.Implicit, Table(root, "implicit").Kind);
        Assert.Equal(TomlTableKind.Header, Table(root, "implicit", "header").Kind);
        Assert.Equal(TomlTableKind.Implicit, Table(root, "array").Kind);
        Assert.Equal(TomlTableKind.Header, Table(root, "late").Kind);
        Assert.True(Table(root, "array").TryGet("of", out var of));
        var array = Assert.IsType<TomlArray>(of.Value);
        Assert.True(array.IsOfTables);
        Assert.Equal(TomlTableKind.Header, Assert.IsType<TomlTable>(Assert.Single(array.Items)).Kind);
        Assert.False(Assert.IsType<TomlArray>(TaggedToml.ValueOf("[{}]")).IsOfTables);
        Assert.False(root.TryGet("other", out _));
    }

    [Fact]
    public void No_value_is_printed_by_accident()
    {
        Assert.All(
            ["\"hunter2\"", "4711", "47.11", "true", "1979-05-27T07:32:00Z", "1979-05-27T07:32:00", "1979-05-27", "07:32:00", "[4711]", "{hunter2 = 4711}"],
            literal => Assert.Equal(TaggedToml.ValueOf(literal).GetType().FullName, TaggedToml.ValueOf(literal).ToString()));
    }

    private static TomlTable Table(TomlTable table, params string[] path) => path.Aggregate(table, (outer, name) =>
    {
        Assert.True(outer.TryGet(name, out var member));
        return Assert.IsType<TomlTable>(member.Value);
    });
}
