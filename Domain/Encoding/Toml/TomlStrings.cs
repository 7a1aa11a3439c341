using System.Buffers;

namespace Repository.Domain.Encoding.Toml;

/// <summary>
/// Strings: basic in <c>"</c>, with escapes, or literal in <c>'</c>, without; on one line, or between three marks on several.
/// </summary>
internal static class TomlStrings
{
    private const string OpenLine = "The string is not closed before the end of its line.";
    private const string OpenText = "The string is not closed.";

    /// <summary>Most strings are short, and a document may be made of them.</summary>
    private const int InitialSize = 32;

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

        var bytes = new ArrayBufferWriter<byte>(InitialSize);
        var isRead = TryReadText(ref scanner, mark, bytes);
        text = System.Text.Encoding.UTF8.GetString(bytes.WrittenSpan);
        return isRead;
    }

    /// <summary>Reads a string on one line, as a key's too, from its first mark on.</summary>
    public static bool TryReadLine(ref TomlScanner scanner, out string text)
    {
        var mark = scanner.Take(1)[0];
        var bytes = new ArrayBufferWriter<byte>(InitialSize);
        bytes.Write(TakeRun(ref scanner, mark));
        while (scanner.Current == '\\' && TomlEscapes.TryRead(ref scanner, bytes))
        {
            bytes.Write(TakeRun(ref scanner, mark));
        }

        text = System.Text.Encoding.UTF8.GetString(bytes.WrittenSpan);
        return scanner.Error is null && (scanner.TrySkip(mark)
            || (scanner.IsAtEnd || scanner.IsAtNewLine() ? scanner.Fail(OpenLine) : scanner.FailAtControl()));
    }

    private static bool TryReadText(ref TomlScanner scanner, byte mark, ArrayBufferWriter<byte> bytes)
    {
        var opening = scanner.Locate();
        _ = scanner.Take(3);
        _ = scanner.TrySkipNewLine(); // One directly behind the marks is not of the text.
        while (true)
        {
            bytes.Write(TakeRun(ref scanner, mark));
            if (scanner.IsAtEnd)
            {
                return scanner.Fail(opening, OpenText);
            }

            if (scanner.Current == mark)
            {
                if (TryClose(ref scanner, mark, bytes))
                {
                    return true;
                }
            }
            else if (!TryReadSpecial(ref scanner, bytes))
            {
                return false;
            }
        }
    }

    /// <summary>Reads what ends a run of a text on several lines and is no mark.</summary>
    private static bool TryReadSpecial(ref TomlScanner scanner, ArrayBufferWriter<byte> bytes)
    {
        if (scanner.TrySkipNewLine())
        {
            bytes.Write("\n"u8);
            return true;
        }

        return scanner.Current == '\\'
            ? TrySkipJoin(ref scanner) || TomlEscapes.TryRead(ref scanner, bytes)
            : scanner.FailAtControl();
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
        while (scanner.TrySkipNewLine())
        {
            scanner.SkipBlanks();
        }

        return true;
    }
}
