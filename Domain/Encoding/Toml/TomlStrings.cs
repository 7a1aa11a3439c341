using System.Buffers;
using System.Globalization;
using System.Text;

namespace Repository.Domain.Encoding.Toml;

/// <summary>
/// Strings: basic in <c>"</c>, with escapes, or literal in <c>'</c>, without; on one line, or between three marks on several.
/// </summary>
internal static class TomlStrings
{
    private const string OpenLine = "The string is not closed before the end of its line.";
    private const string OpenText = "The string is not closed.";

    private static readonly SearchValues<byte> BasicEnds = SearchValues.Create([.. TomlScanner.Controls, (byte)'"', (byte)'\\']);
    private static readonly SearchValues<byte> LiteralEnds = SearchValues.Create([.. TomlScanner.Controls, (byte)'\'']);

    /// <summary>Reads a value's string of any of the four kinds, from its first mark on.</summary>
    public static bool TryRead(ref TomlScanner scanner, out string text)
    {
        var mark = scanner.Current;
        if (scanner.Rest is not [_, _, _, ..] || scanner.Rest[1] != mark || scanner.Rest[2] != mark)
        {
            return TryReadLine(ref scanner, out text);
        }

        var opening = scanner.Locate();
        _ = scanner.Take(3);
        _ = scanner.TrySkipLineEnd(); // One directly behind the marks is not of the text.
        return TryReadText(ref scanner, opening, mark, out text);
    }

    /// <summary>Reads a string on one line, as a key's too, from its first mark on.</summary>
    public static bool TryReadLine(ref TomlScanner scanner, out string text)
    {
        text = string.Empty;
        var mark = scanner.Take(1)[0];
        var bytes = new ArrayBufferWriter<byte>();
        while (true)
        {
            bytes.Write(TakeRun(ref scanner, mark));
            if (scanner.TrySkip(mark))
            {
                text = System.Text.Encoding.UTF8.GetString(bytes.WrittenSpan);
                return true;
            }

            if (scanner.IsAtEnd || scanner.Current == '\n' || scanner.Rest is [(byte)'\r', (byte)'\n', ..])
            {
                return scanner.Fail(OpenLine);
            }

            if (scanner.Current != '\\')
            {
                return scanner.FailAtControl();
            }

            if (!TryReadEscape(ref scanner, bytes))
            {
                return false;
            }
        }
    }

    private static bool TryReadText(ref TomlScanner scanner, TomlPosition opening, byte mark, out string text)
    {
        text = string.Empty;
        var bytes = new ArrayBufferWriter<byte>();
        while (true)
        {
            bytes.Write(TakeRun(ref scanner, mark));
            if (scanner.IsAtEnd)
            {
                return scanner.Fail(opening, OpenText);
            }

            if (scanner.TrySkipLineEnd())
            {
                bytes.Write("\n"u8);
            }
            else if (scanner.Current == mark)
            {
                if (TryClose(ref scanner, mark, bytes))
                {
                    text = System.Text.Encoding.UTF8.GetString(bytes.WrittenSpan);
                    return true;
                }
            }
            else if (scanner.Current != '\\')
            {
                return scanner.FailAtControl();
            }
            else if (!TrySkipJoin(ref scanner) && !TryReadEscape(ref scanner, bytes))
            {
                return false;
            }
        }
    }

    private static ReadOnlySpan<byte> TakeRun(ref TomlScanner scanner, byte mark)
    {
        var end = scanner.Rest.IndexOfAny(mark == '"' ? BasicEnds : LiteralEnds);
        return scanner.Take(end < 0 ? scanner.Rest.Length : end);
    }

    /// <summary>Takes marks: one or two are text, three are the end, and one or two before those are text too.</summary>
    private static bool TryClose(ref TomlScanner scanner, byte mark, ArrayBufferWriter<byte> bytes)
    {
        var count = 0;
        while (count < 5 && scanner.TrySkip(mark))
        {
            count++;
        }

        for (var i = count < 3 ? 0 : 3; i < count; i++)
        {
            bytes.Write([mark]);
        }

        return count >= 3;
    }

    /// <summary>Skips a backslash at the end of a line with all line ends and blanks up to the next character.</summary>
    private static bool TrySkipJoin(ref TomlScanner scanner)
    {
        var next = scanner.Rest[1..].IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (next < 0 || scanner.Rest[(1 + next)..] is not ([(byte)'\n', ..] or [(byte)'\r', (byte)'\n', ..]))
        {
            return false;
        }

        _ = scanner.Take(1 + next);
        while (scanner.TrySkipLineEnd())
        {
            scanner.SkipBlanks();
        }

        return true;
    }

    private static bool TryReadEscape(ref TomlScanner scanner, ArrayBufferWriter<byte> bytes)
    {
        var position = scanner.Locate();
        _ = scanner.Take(1);
        var kind = scanner.Current;
        if (kind is (byte)'u' or (byte)'U')
        {
            _ = scanner.Take(1);
            return TryReadScalar(ref scanner, position, kind == 'u' ? 4 : 8, bytes);
        }

        var character = "btnfr\"\\"u8.IndexOf(kind);
        if (character < 0)
        {
            return scanner.Fail(position, "A backslash must begin one of the escapes \\b \\t \\n \\f \\r \\\" \\\\ \\uXXXX \\UXXXXXXXX.");
        }

        _ = scanner.Take(1);
        bytes.Write("\b\t\n\f\r\"\\"u8.Slice(character, 1));
        return true;
    }

    private static bool TryReadScalar(ref TomlScanner scanner, TomlPosition position, int digits, ArrayBufferWriter<byte> bytes)
    {
        if (scanner.Rest.Length < digits
            || !uint.TryParse(scanner.Rest[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            || !Rune.TryCreate(number, out var character))
        {
            return scanner.Fail(position, "An escape of a character must have all its hex digits and name a Unicode scalar value.");
        }

        _ = scanner.Take(digits);
        bytes.Advance(character.EncodeToUtf8(bytes.GetSpan(4)));
        return true;
    }
}
