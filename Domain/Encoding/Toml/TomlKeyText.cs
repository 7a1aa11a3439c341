using System.Buffers;
using System.Globalization;
using System.Text;

namespace Repository.Domain.Encoding.Toml;

/// <summary>Keys as TOML writes them.</summary>
public static class TomlKeyText
{
    private static readonly SearchValues<char> Bare = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>Spells a dotted key: a part bare where it can be, else quoted, with control characters escaped.</summary>
    public static string Spell(IReadOnlyList<string> path)
    {
        var text = new StringBuilder();
        for (var i = 0; i < path.Count; i++)
        {
            text.Append(i > 0 ? "." : string.Empty);
            if (path[i].Length > 0 && !path[i].AsSpan().ContainsAnyExcept(Bare))
            {
                text.Append(path[i]);
            }
            else
            {
                Quote(text, path[i]);
            }
        }

        return text.ToString();
    }

    private static void Quote(StringBuilder text, string name)
    {
        text.Append('"');
        foreach (var character in name)
        {
            if (char.IsControl(character))
            {
                text.Append("\\u").Append(((int)character).ToString("X4", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(character is '"' or '\\' ? "\\" : string.Empty).Append(character);
            }
        }

        text.Append('"');
    }
}
