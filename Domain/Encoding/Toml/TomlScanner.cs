using System.Buffers;

namespace Repository.Domain.Encoding.Toml;

/// <summary>A document that is being read from its beginning to its end: valid UTF-8, where the reader is, and why it stopped.</summary>
internal ref struct TomlScanner(ReadOnlySpan<byte> text)
{
    /// <summary>Every control character but the tab: none may stand in a document, but for the line ends.</summary>
    public static readonly byte[] Controls = [.. Enumerable.Range(0, 0x20).Where(octet => octet != '\t').Append(0x7F).Select(octet => (byte)octet)];

    private static readonly SearchValues<byte> CommentEnds = SearchValues.Create(Controls);

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;
    private int _locatedAt;
    private TomlPosition _located = new(1, 1);

    /// <summary>The key whose value is being read, from the root; empty between two of them.</summary>
    public List<string> Path { get; } = [];

    /// <summary>The one flaw; it ends the reading.</summary>
    public TomlError? Error { get; private set; }

    public readonly ReadOnlySpan<byte> Rest => _text[_at..];

    public readonly bool IsAtEnd => _at == _text.Length;

    /// <summary>The next byte; at the end NUL, which no rule of the grammar takes.</summary>
    public readonly byte Current => IsAtEnd ? (byte)0 : _text[_at];

    /// <summary>The place of the next byte. Counted on from the place that was asked for last, so that asking along the way costs one pass in all.</summary>
    public TomlPosition Locate()
    {
        var passed = _text[_locatedAt.._at];
        var (line, column) = (_located.Line, _located.Column);
        if (passed.LastIndexOf((byte)'\n') is >= 0 and var lineEnd)
        {
            line += passed.Count((byte)'\n');
            column = 1;
            passed = passed[(lineEnd + 1)..];
        }

        foreach (var octet in passed)
        {
            column += (octet & 0xC0) == 0x80 ? 0 : 1; // The second to fourth bytes of a character count for none.
        }

        _locatedAt = _at;
        return _located = new TomlPosition(line, column);
    }

    /// <summary>Forgets the parts of the path behind the first so many.</summary>
    public readonly void LeaveKey(int outer) => Path.RemoveRange(outer, Path.Count - outer);

    /// <summary>Notes the flaw. Always false, for the caller to return.</summary>
    public bool Fail(TomlPosition position, string message)
    {
        Error = new TomlError(position, [.. Path], message);
        return false;
    }

    /// <summary>Notes a flaw of what comes next.</summary>
    public bool Fail(string message) => Fail(Locate(), message);

    /// <summary>Takes so many bytes.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        var taken = _text.Slice(_at, count);
        _at += count;
        return taken;
    }

    /// <summary>Takes bytes up to the first that is none of them.</summary>
    public ReadOnlySpan<byte> TakeAny(SearchValues<byte> octets)
    {
        var end = Rest.IndexOfAnyExcept(octets);
        return Take(end < 0 ? Rest.Length : end);
    }

    public bool TrySkip(byte octet)
    {
        if (IsAtEnd || Current != octet)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>Whether LF or CRLF is next.</summary>
    public readonly bool IsAtNewLine() => Rest is [(byte)'\n', ..] or [(byte)'\r', (byte)'\n', ..];

    /// <summary>Skips LF or CRLF.</summary>
    public bool TrySkipNewLine()
    {
        var isAtOne = IsAtNewLine();
        _at += isAtOne ? Current == '\n' ? 1 : 2 : 0;
        return isAtOne;
    }

    public void SkipBlanks()
    {
        var end = Rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        _at += end < 0 ? Rest.Length : end;
    }

    /// <summary>Whether nothing but a comment is left of the line, blanks not looked at.</summary>
    public readonly bool IsAtLineEnd() => IsAtEnd || Current is (byte)'#' or (byte)'\n' or (byte)'\r';

    /// <summary>Skips blanks, a comment, and the line's end or the document's.</summary>
    public bool TryEndLine()
    {
        SkipBlanks();
        if (TrySkip((byte)'#'))
        {
            var end = Rest.IndexOfAny(CommentEnds);
            _ = Take(end < 0 ? Rest.Length : end);
        }
        else if (!IsAtLineEnd())
        {
            return Fail("Nothing but a comment may follow on the line.");
        }

        return IsAtEnd || TrySkipNewLine() || FailAtControl();
    }

    /// <summary>Skips blanks, comments and line ends, as they may stand between the values of an array.</summary>
    public bool TrySkipLines()
    {
        SkipBlanks();
        while (!IsAtEnd && IsAtLineEnd())
        {
            if (!TryEndLine())
            {
                return false;
            }

            SkipBlanks();
        }

        return true;
    }

    /// <summary>Notes that the next byte is a control character.</summary>
    public bool FailAtControl() => Fail(Current == '\r'
        ? "A carriage return must be followed by a line feed."
        : "Control characters other than the tab and line ends must be escaped, in a string.");
}
