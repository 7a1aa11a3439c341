using System.Text;
using System.Text.Json.Nodes;
using Repository.Api.Tests.Domain;

namespace Repository.Api.Tests.Toml;

/// <summary>
/// Documents of random trees in random spellings: a table as a section, in braces or by dotted keys, defined before or behind
/// those below it or not at all; an array of tables by headers or in brackets.
/// </summary>
internal sealed class RandomToml(Dice dice)
{
    private const int MaxLevels = 5;

    private readonly RandomTomlValues _values = new(dice);

    /// <summary>Makes a document, and its tree in the tags of <see cref="TaggedToml"/>.</summary>
    public (string Document, JsonObject Tree) Next()
    {
        var tree = new JsonObject();
        var (lines, sections) = Members([], [], tree, 0);
        return (Lines(lines) + string.Concat(sections), tree);
    }

    /// <summary>The lines of a section, and the sections below it. The keys of the lines begin with those of <paramref name="dots"/>.</summary>
    private (List<string> Lines, List<string> Sections) Members(string[] path, string[] dots, JsonObject tree, int level)
    {
        var (lines, sections) = (new List<string>(), new List<string>());
        foreach (var name in Names(4))
        {
            switch (dice.Next(level == MaxLevels ? 3 : 7))
            {
                case 3:
                    var dotted = new JsonObject();
                    tree.Add(name, dotted);
                    var (inner, below) = Members([.. path, name], [.. dots, name], dotted, level + 1);

                    // Without a line of its own no dotted key would make it.
                    lines.AddRange(inner.Count > 0 ? inner : [Line([.. dots, name], "{}")]);
                    sections.AddRange(inner.Count > 0 ? below : []);
                    if (inner.Count == 0)
                    {
                        dotted.Clear();
                    }

                    break;
                case 4 or 5:
                    sections.Add(Section([.. path, name], tree, name, level));
                    break;
                case 6:
                    sections.Add(ArrayOfTables([.. path, name], tree, name, level));
                    break;
                default:
                    lines.Add(Line([.. dots, name], Value(level, out var value)));
                    tree.Add(name, value);
                    break;
            }
        }

        dice.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(lines));
        dice.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(sections));
        return (lines, sections);
    }

    private string Section(string[] path, JsonObject tree, string name, int level)
    {
        var table = new JsonObject();
        tree.Add(name, table);
        var (lines, below) = Members(path, [], table, level + 1);
        var (own, others) = ($"{Blanks()}[{Dotted(path)}]{LineEnd()}{Lines(lines)}", string.Concat(below));
        return lines.Count == 0 && below.Count > 0 && dice.Toss() ? others
            : dice.Toss() ? own + others
            : others + own;
    }

    private string ArrayOfTables(string[] path, JsonObject tree, string name, int level)
    {
        var (array, text) = (new JsonArray(), new StringBuilder());
        tree.Add(name, array);
        for (var count = 1 + dice.Next(3); count > 0; count--)
        {
            var table = new JsonObject();
            array.Add(table);
            var (lines, below) = Members(path, [], table, level + 1);
            text.Append(Blanks()).Append("[[").Append(Dotted(path)).Append("]]").Append(LineEnd()).Append(Lines(lines)).AppendJoin(string.Empty, below);
        }

        return text.ToString();
    }

    private string Value(int level, out JsonNode tree)
    {
        switch (level == MaxLevels ? 9 : dice.Next(10))
        {
            case 0 or 1:
                var array = new JsonArray();
                tree = array;
                var items = Enumerable.Range(0, dice.Next(4)).Select(_ => Gap() + Value(level + 1, array) + Gap()).ToList();
                return $"[{string.Join(',', items)}{(items.Count > 0 && dice.Toss() ? "," : string.Empty)}{Gap()}]";
            case 2:
                var table = new JsonObject();
                tree = table;
                return Braces(level, table);
            default:
                var (literal, tag) = _values.Next();
                tree = tag;
                return literal;
        }
    }

    private string Value(int level, JsonArray array)
    {
        var literal = Value(level, out var tree);
        array.Add(tree);
        return literal;
    }

    private string Braces(int level, JsonObject table)
    {
        var pairs = new List<string>();
        foreach (var name in Names(4))
        {
            string[] path = dice.Next(4) == 0 ? [name, _values.Text(3)] : [name];
            pairs.Add(Pair(path, Value(level + 1, out var tree)));
            table.Add(name, path.Length == 1 ? tree : new JsonObject { [path[1]] = tree });
        }

        dice.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(pairs));
        return $"{{{string.Join(',', pairs)}{Blanks()}}}";
    }

    private HashSet<string> Names(int bound) => [.. Enumerable.Range(0, dice.Next(bound)).Select(_ => dice.Toss() ? dice.Pick<string>(["a", "b", "c"]) : _values.Text(4))];

    private string Line(string[] path, string value) => Pair(path, value) + LineEnd();

    private string Pair(string[] path, string value) => $"{Dotted(path)}={Blanks()}{value}{Blanks()}";

    private string Dotted(string[] path) => string.Join('.', path.Select(part => Blanks() + _values.Key(part) + Blanks()));

    private string Lines(List<string> lines) => string.Concat(lines.Select(line => (dice.Next(8) == 0 ? LineEnd() : string.Empty) + line));

    private string LineEnd() => Blanks() + dice.Pick<string>(["", "", "# x", "# [a] \"é\"\t"]) + (dice.Toss() ? "\n" : "\r\n");

    private string Gap() => dice.Next(4) == 0 ? LineEnd() + Blanks() : Blanks();

    private string Blanks() => dice.Pick<string>(["", "", "", " ", "\t "]);
}
