using Repository.Domain.Encoding.Toml;

namespace Repository.Api.Tests.Toml;

/// <summary>Every key and every value knows where it stands.</summary>
public sealed class PlacesInTomlTests
{
    [Fact]
    public void Keys_and_values_know_line_and_column()
    {
        // The tab is one column, the character beyond 16 bits too; lines inside strings and arrays count.
        var root = TaggedToml.Read(
            "# 1\r\n" +
            "a = 1\n" +
            "\tb . \"😀\".c\t=  'x'\n" +
            "t = \"\"\"\n\n\\\n\"\"\"\n" +
            "u = [ 1, # 8\n  [2, 3],\n] # 10\n" +
            "v = {w = true, x.y = 1979-05-27}\n" +
            "[b.d]\n" +
            "e = 1.5\n" +
            "  [f.g]\n" +
            "[ f ]\n" +
            "[[h]]\n" +
            "i = 07:32:00\n" +
            " [[ h ]]\n" +
            "[h.j]\n");

        Assert.Equal(
            """
            1:1 root
            2:1 a 2:5
            3:2 b 3:2
            3:6 b.😀 3:6
            3:10 b.😀.c 3:15
            12:4 b.d 12:1
            13:1 b.d.e 13:5
            4:1 t 4:5
            8:1 u 8:5
            u 8:7
            u 9:3
            u 9:4
            u 9:7
            11:1 v 11:5
            11:6 v.w 11:10
            11:16 v.x 11:16
            11:18 v.x.y 11:22
            14:4 f 15:1
            14:6 f.g 14:3
            16:3 h 16:1
            h 16:1
            17:1 h.i 17:5
            h 18:2
            19:4 h.j 19:1
            """,
            string.Join('\n', Places(root, "root").Prepend("1:1 root")));
    }

    [Fact]
    public void A_table_that_a_dotted_key_defines_stands_where_it_does_so()
    {
        var root = TaggedToml.Read("[a.b.c]\n[a]\n b.d = 1");

        Assert.Equal(["1:2 a 2:1", "1:4 a.b 3:2", "1:6 a.b.c 1:1", "3:4 a.b.d 3:8"], Places(root, "root"));
    }

    [Fact]
    public void A_path_is_spelled_so_that_it_is_read_as_the_same_keys()
    {
        string[] path = ["bare-Key_1", "", "a b", "\"", "\\", "'", "\n\t\0\u007f\u0085", "é", "😀", "a.b", "#"];

        var table = TaggedToml.Read($"{TomlKeyText.Spell(path)} = 1");

        Assert.Equal("bare-Key_1.\"\".\"a b\".\"\\\"\".\"\\\\\"", TomlKeyText.Spell(path[..5]));
        foreach (var name in path[..^1])
        {
            var member = Assert.Single(table.Members);
            Assert.Equal(name, member.Key.Name);
            table = Assert.IsType<TomlTable>(member.Value);
        }

        Assert.Equal(path[^1], Assert.Single(table.Members).Key.Name);
    }

    private static IEnumerable<string> Places(TomlNode node, string name) => node switch
    {
        TomlTable table => table.Members.SelectMany(member =>
        {
            var path = string.Equals(name, "root", StringComparison.Ordinal) ? member.Key.Name : $"{name}.{member.Key.Name}";
            return Places(member.Value, path).Prepend($"{member.Key.Position} {path} {member.Value.Position}");
        }),
        TomlArray array => array.Items.SelectMany(item => Places(item, name).Prepend($"{name} {item.Position}")),
        _ => [],
    };
}
