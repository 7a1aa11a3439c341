using System.Globalization;
using System.Text;
using Repository.Api.Tests.Domain;

namespace Repository.Api.Tests.Toml;

/// <summary>Random values without members, each in one of its spellings, with the tag that <see cref="TaggedToml"/> gives it.</summary>
internal sealed class RandomTomlValues(Dice dice)
{
    private const string Bare = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    private static readonly string[] Alphabet =
    [
        "a", "b", "Z", "0", "1", "-", "_", ".", " ", "#", "=", "[", "]", "{", "}", ",", "\"", "'", "\\", "\b", "\t", "\n", "\f", "\r", "\0", "\u001f",
        "\u007f", "\u0080", "é", "€", "\u2028", "\ud7ff", "\ue000", "\ufeff", "\uffff", "😀", "\U0010ffff",
    ];

    public (string Literal, string Tag) Next()
    {
        switch (dice.Next(9))
        {
            case 0 or 1 or 2:
                var text = Text(9);
                return (String(text), "s:" + text);
            case 3 or 4:
                var integer = Integer();
                return (Spell(integer), string.Create(CultureInfo.InvariantCulture, $"i:{integer}"));
            case 5 or 6:
                return Float();
            case 7:
                return dice.Toss() ? ("true", "b:true") : ("false", "b:false");
            default:
                return Date();
        }
    }

    public string Text(int bound) => string.Concat(Enumerable.Range(0, dice.Next(bound)).Select(_ => dice.Pick<string>(Alphabet)));

    public string Key(string name) => name.Length > 0 && name.All(Bare.Contains) && dice.Next(4) > 0 ? name : Line(name);

    private string String(string text) => dice.Next(4) switch
    {
        0 => Lines(text),
        1 when !text.Contains('\'', StringComparison.Ordinal) && text.All(unit => unit is '\n' or '\t' || !char.IsControl(unit)) => $"'''{Break()}{text}'''",
        _ => Line(text),
    };

    private string Line(string text) =>
        dice.Toss() && !text.Any(unit => unit is '\'' or '\u007f' || (unit < ' ' && unit != '\t'))
            ? $"'{text}'"
            : $"\"{string.Concat(text.EnumerateRunes().Select(character => Escape(character, mustEscape: character.Value is '"' or '\n')))}\"";

    private string Lines(string text)
    {
        var lines = new StringBuilder("\"\"\"").Append(Break());
        var characters = text.EnumerateRunes().ToArray();
        for (var i = 0; i < characters.Length; i++)
        {
            var next = characters[i];
            if (next.Value is not (' ' or '\t' or '\n') && dice.Next(6) == 0)
            {
                lines.Append('\\').Append(dice.Toss() ? " \t" : string.Empty).Append('\n').Append(dice.Pick<string>(["", "  ", "\t\r\n\n "]));
            }

            // A quotation mark stands for itself where it is not the second of two, nor the last character.
            var mustEscape = next.Value == '"' && (lines[^1] == '"' || i == characters.Length - 1 || characters[i + 1].Value == '"');
            lines.Append(next.Value == '\n' ? dice.Pick<string>(["\n", "\r\n", "\\n"]) : Escape(next, mustEscape));
        }

        return lines.Append("\"\"\"").ToString();
    }

    /// <summary>The line end that may follow the opening marks; without it a text that begins with one would lose it.</summary>
    private string Break() => dice.Toss() ? "\n" : "\r\n";

    private string Escape(Rune character, bool mustEscape)
    {
        var short_ = "\b\t\n\f\r\"\\".IndexOf(character.ToString(), StringComparison.Ordinal);
        if (!mustEscape && character.Value is not ('\\' or '\u007f' or (< ' ' and not '\t')) && dice.Next(6) > 0)
        {
            return character.ToString();
        }

        return short_ >= 0 && dice.Next(4) > 0
            ? "\\" + "btnfr\"\\"[short_]
            : character.IsBmp && dice.Toss()
                ? "\\u" + character.Value.ToString(dice.Toss() ? "x4" : "X4", CultureInfo.InvariantCulture)
                : "\\U" + character.Value.ToString(dice.Toss() ? "x8" : "X8", CultureInfo.InvariantCulture);
    }

    private long Integer() => dice.Next(4) switch
    {
        0 => dice.Pick<long>([0, 1, -1, long.MaxValue, long.MinValue]),
        1 => dice.Next(2000) - 1000,
        _ => unchecked((long)dice.NextBits()) >> dice.Next(64),
    };

    private string Spell(long integer)
    {
        var zeros = new string('0', dice.Next(3));
        return (integer < 0 ? 0 : dice.Next(6)) switch
        {
            1 => "0x" + Underscored(zeros + integer.ToString(dice.Toss() ? "x" : "X", CultureInfo.InvariantCulture), "0123456789abcdefABCDEF"),
            2 => "0o" + Underscored(zeros + Convert.ToString(integer, 8)),
            3 => "0b" + Underscored(zeros + Convert.ToString(integer, 2)),
            4 => "+" + Underscored(integer.ToString(CultureInfo.InvariantCulture)),
            _ => Underscored(integer.ToString(CultureInfo.InvariantCulture)),
        };
    }

    private (string Literal, string Tag) Float()
    {
        var number = dice.Next(4) switch
        {
            0 => dice.Pick<double>([0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon]),
            1 => dice.Next(2_000_000) / 1000.0,
            _ => BitConverter.UInt64BitsToDouble(dice.NextBits()),
        };
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var literal = text switch
        {
            "NaN" => dice.Pick<string>(["nan", "+nan", "-nan"]),
            "Infinity" => dice.Pick<string>(["inf", "+inf"]),
            "-Infinity" => "-inf",
            _ when dice.Toss() => Underscored(number.ToString("E16", CultureInfo.InvariantCulture)),
            _ => Underscored(text.AsSpan().ContainsAny('.', 'E') ? text : text + dice.Pick<string>([".0", "e0", "E-00", ".00e+0"])),
        };
        return (literal, "f:" + text);
    }

    private (string Literal, string Tag) Date()
    {
        var date = new DateTime(TimeSpan.TicksPerDay + (long)(dice.NextBits() % (ulong)(DateTime.MaxValue.Ticks - (2 * TimeSpan.TicksPerDay))), DateTimeKind.Unspecified);
        var time = date.ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture) + dice.Pick<string>(["", "9", "0123456789"]);
        var day = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var local = day + dice.Pick<string>(["T", "t", " "]) + time;
        var minutes = dice.Next(2 * 24 * 60) - (24 * 60) + 1;
        var offset = minutes == 0 ? dice.Pick<string>(["Z", "z", "+00:00", "-00:00"]) : (minutes < 0 ? "-" : "+") + TimeSpan.FromMinutes(Math.Abs(minutes)).ToString("hh':'mm", CultureInfo.InvariantCulture);
        return dice.Next(4) switch
        {
            0 => (day, "d:" + day),
            1 => (time, "t:" + time[..16]),
            2 => (local, $"l:{day}T{time[..16]}"),
            _ => (local + offset, "o:" + date.AddMinutes(-Math.Min(minutes, 1439)).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)),
        };
    }

    private string Underscored(string digits, string alphabet = "0123456789")
    {
        var text = new StringBuilder();
        for (var i = 0; i < digits.Length; i++)
        {
            text.Append(i > 0 && alphabet.Contains(digits[i - 1]) && alphabet.Contains(digits[i]) && dice.Next(6) == 0 ? "_" : string.Empty);
            text.Append(digits[i]);
        }

        return text.ToString();
    }
}
