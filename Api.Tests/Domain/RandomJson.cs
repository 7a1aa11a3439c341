using System.Globalization;
using System.Text;

namespace Repository.Api.Tests.Domain;

/// <summary>Documents of random values, each spelled in a random way: white space, escapes, number formats, order of members.</summary>
internal sealed class RandomJson(Dice dice)
{
    private const int MaxLevels = 6;

    private static readonly string[] Alphabet =
    [
        "a", "b", "Z", "0", "1", "-", ".", " ", "/", "<", "\"", "\\", "\b", "\t", "\n", "\f", "\r", "\0", "\u0001", "\u001f", "\u007f", "\u0080", "é",
        "€", "\u2028", "\ud7ff", "\ue000", "\ufb33", "\ufeff", "\uffff", "😀", "\U00010000", "\U0010ffff",
    ];

    private readonly StringBuilder _text = new();

    public string Spell()
    {
        Value(0);
        return _text.ToString();
    }

    /// <summary>Spells a string: each character as itself, where that is allowed, or in one of its escapes.</summary>
    public static string Quote(Dice dice, string value)
    {
        var text = new StringBuilder("\"");
        foreach (var character in value.EnumerateRunes())
        {
            var shortEscape = "\"\\/\b\f\n\r\t".IndexOf(character.ToString(), StringComparison.Ordinal);
            if (shortEscape >= 0 && dice.Toss())
            {
                text.Append('\\').Append("\"\\/bfnrt"[shortEscape]);
            }
            else if (character.Value is < ' ' or '"' or '\\' || dice.Next(5) == 0)
            {
                foreach (var unit in character.ToString())
                {
                    text.Append("\\u").Append(((int)unit).ToString(dice.Toss() ? "x4" : "X4", CultureInfo.InvariantCulture));
                }
            }
            else
            {
                text.Append(character.ToString());
            }
        }

        return text.Append('"').ToString();
    }

    /// <summary>Spells a number that is no inexact integer in one of its ways.</summary>
    public static string Spell(Dice dice, double number)
    {
        var scientific = number.ToString("E16", CultureInfo.InvariantCulture);
        return dice.Next(5) switch
        {
            0 => scientific,
            1 => scientific.Replace("E", "000e", StringComparison.Ordinal),
            2 when Math.Abs(number) < 1e15 && Math.Abs(number) > 1e-5 => number.ToString("R", CultureInfo.InvariantCulture),
            3 when double.IsInteger(number) => number.ToString("F0", CultureInfo.InvariantCulture),
            4 when double.IsInteger(number) => number.ToString("F0", CultureInfo.InvariantCulture) + (dice.Toss() ? ".0" : "e-0"),
            _ => scientific.Replace("E+", "E", StringComparison.Ordinal),
        };
    }

    private void Value(int level)
    {
        Space();
        switch (dice.Next(level == 0 ? 2 : level < MaxLevels ? 8 : 6) + (level == 0 ? 6 : 0))
        {
            case 0:
                _text.Append(dice.Pick<string>(["null", "true", "false"]));
                break;
            case 1 or 2:
                _text.Append(Quote(dice, Text(8)));
                break;
            case 3 or 4 or 5:
                _text.Append(Spell(dice, Number()));
                break;
            case 6:
                Array(level);
                break;
            default:
                Object(level);
                break;
        }

        Space();
    }

    private void Array(int level)
    {
        _text.Append('[');
        var count = dice.Next(5);
        for (var i = 0; i < count; i++)
        {
            _text.Append(i > 0 ? "," : string.Empty);
            Value(level + 1);
        }

        Space();
        _text.Append(']');
    }

    private void Object(int level)
    {
        _text.Append('{');
        var names = Enumerable.Range(0, dice.Next(7)).Select(_ => Text(4)).ToHashSet(StringComparer.Ordinal);
        var first = true;
        foreach (var name in names)
        {
            _text.Append(first ? string.Empty : ",");
            first = false;
            Space();
            _text.Append(Quote(dice, name));
            Space();
            _text.Append(':');
            Value(level + 1);
        }

        Space();
        _text.Append('}');
    }

    private string Text(int length) => string.Concat(Enumerable.Range(0, dice.Next(length)).Select(_ => dice.Pick<string>(Alphabet)));

    private double Number()
    {
        var number = dice.Next(4) switch
        {
            0 => dice.Next(2000) - 1000,
            1 => (dice.Next(int.MaxValue) - (int.MaxValue / 2)) / Math.Pow(10, dice.Next(12)),
            2 => Math.Pow(dice.Toss() ? 2 : 10, dice.Next(600) - 300),
            _ => BitConverter.UInt64BitsToDouble(dice.NextBits()),
        };
        return double.IsFinite(number) ? number : 0;
    }

    private void Space()
    {
        while (dice.Next(4) == 0)
        {
            _text.Append(dice.Pick<char>([' ', '\t', '\r', '\n']));
        }
    }
}
