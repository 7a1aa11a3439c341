using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Repository.Api.Tests.Domain;
using Repository.Domain.Encoding.Toml;

namespace Repository.Api.Tests.Toml;

/// <summary>Whatever a document holds, it is read as what it says or refused by a value, never by an exception.</summary>
public sealed class RandomTomlTests
{
    private static readonly string[] Pieces =
    [
        "a", "b", "a.b", "\"a\"", "'b'", "=", " = ", ".", ",", "\n", "\n", "\r\n", "\r", " ", "\t", "[", "]", "[[", "]]", "{", "}", "#", "\"", "'", "\"\"\"",
        "'''", "\\", "\\n", "\\u0041", "\\\n", "1", "-0", "0x1F", "1_0", "1.5", "1e5", "_", "+", "inf", "nan", "true", "1979-05-27", "T07:32:00", " 07:32:00",
        "07:32:00", ".5", "Z", "+01:00", "é", "😀", "\0", "\u007f", "[a]\n", "[a.b]\n", "[[a]]\n", "[[a.b]]\n", "a = 1\n", "a.b = 1\n", "b = {a = 1}\n", "\ufeff",
    ];

    [Fact]
    public void A_random_tree_in_a_random_spelling_is_read_as_that_tree()
    {
        var dice = new Dice();
        for (var i = 0; i < 3_000; i++)
        {
            var (document, tree) = new RandomToml(dice).Next();
            Assert.True(TomlDocument.TryParse(Encoding.UTF8.GetBytes(document), out var root, out var error), $"{dice}, {i}, {error}\n{document}");
            Assert.True(JsonNode.DeepEquals(tree, JsonNode.Parse(TaggedToml.Spell(root))), $"{dice}, {i}\n{document}\n{tree}\n{TaggedToml.Spell(root)}");
        }
    }

    [Fact]
    public void Random_bytes_are_read_or_refused() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), IsReadOrRefused).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Random_texts_are_read_or_refused() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => IsReadOrRefused(Encoding.UTF8.GetBytes($"a = {text}")) && IsReadOrRefused(Encoding.UTF8.GetBytes(text ?? string.Empty)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Random_pieces_of_toml_are_read_or_refused()
    {
        var dice = new Dice();
        for (var i = 0; i < 20_000; i++)
        {
            var document = string.Concat(Enumerable.Range(0, 1 + dice.Next(12)).Select(_ => dice.Pick<string>(Pieces)));
            Assert.True(IsReadOrRefused(Encoding.UTF8.GetBytes(document)), document);
        }
    }

    [Fact]
    public void Documents_with_a_byte_changed_left_out_or_put_in_are_read_or_refused()
    {
        foreach (var row in ReadingTomlTests.Documents)
        {
            var document = row.Data.Item2;
            for (var at = 0; at < document.Length; at++)
            {
                for (var bit = 0; bit < 8; bit++)
                {
                    var flipped = document.ToArray();
                    flipped[at] ^= (byte)(1 << bit);
                    Assert.True(IsReadOrRefused(flipped));
                }

                Assert.True(IsReadOrRefused([.. document[..at], .. document[(at + 1)..]]));
                foreach (var octet in "\"'\\\n\r[]{}=.,#_0a\0"u8)
                {
                    Assert.True(IsReadOrRefused([.. document[..at], octet, .. document[at..]]));
                }
            }
        }
    }

    [Fact]
    public void The_seventeenth_caller_reads_what_the_first_does()
    {
        var (document, tree) = new RandomToml(new Dice()).Next();

        Assert.All(
            Enumerable.Range(0, 17).AsParallel().Select(_ => TaggedToml.Spell(TaggedToml.Read(document))).ToList(),
            spelled => Assert.True(JsonNode.DeepEquals(tree, JsonNode.Parse(spelled))));
    }

    private static bool IsReadOrRefused(byte[]? document)
    {
        var isRead = TomlDocument.TryParse(document, out var root, out var error);
        return isRead
            ? root is not null && error is null
            : root is null && error is { Position: { Line: > 0, Column: > 0 }, Message.Length: > 0 } && error.Key is null == (error.Path.Count == 0);
    }
}
