using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace Repository.Domain.Encoding;

/// <summary>
/// JSON in its canonical form, RFC 8785 (JCS): no white space, members sorted by UTF-16 code units, strings with the fewest
/// escapes, numbers as ECMAScript prints them. Equal values give equal bytes, so that they can be hashed and signed.
/// </summary>
public static class CanonicalJson
{
    private const int MaxSizeOnStack = 768;

    /// <summary>
    /// Writes the canonical form of a received document, which is UTF-8 without a byte-order mark. Beyond JSON's grammar are
    /// refused: a name twice in an object, a lone surrogate, a number that overflows a double, an integer literal that is
    /// not exactly one (two literals must not become one value), and nesting over <paramref name="maxDepth"/>, the outermost
    /// object or array being 1.
    /// </summary>
    /// <param name="json">The document. The caller bounds its size: the form may be five times as long.</param>
    /// <param name="maxDepth">A constant of the caller's: each level takes a stack frame.</param>
    /// <param name="output">Where the form is appended; nothing is on refusal.</param>
    /// <param name="flaw">Why the document is refused: a sentence that quotes nothing of it.</param>
    public static bool TryWrite(ReadOnlySpan<byte> json, int maxDepth, PooledBuffer output, [NotNullWhen(false)] out string? flaw)
    {
        var start = output.Length;
        flaw = FindFlaw(json, maxDepth, output);
        if (flaw is null)
        {
            return true;
        }

        output.Truncate(start);
        return false;
    }

    /// <summary>Writes a string of ours, quoted: only the quotation mark, the backslash and control characters are escaped (RFC 8785, 3.2.2.2).</summary>
    /// <exception cref="FormatException">The string holds a lone surrogate.</exception>
    public static void WriteString(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        var size = text.Length * 3; // A UTF-16 code unit takes at most three bytes.
        var utf8 = size <= MaxSizeOnStack ? stackalloc byte[MaxSizeOnStack] : new byte[size];
        if (Utf8.FromUtf16(text, utf8, out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            throw new FormatException("A string holds a lone surrogate.");
        }

        CanonicalString.Write(output, utf8[..written]);
    }

    private static string? FindFlaw(ReadOnlySpan<byte> json, int maxDepth, PooledBuffer output)
    {
        if (json.StartsWith("\uFEFF"u8))
        {
            return "The document must not begin with a byte-order mark.";
        }

        // The reader looks for the ends of strings only, and lets wrong bytes between them pass.
        if (!Utf8.IsValid(json))
        {
            return "The document must be UTF-8.";
        }

        using var writer = new CanonicalJsonWriter(output, maxDepth);
        try
        {
            return writer.WriteDocument(json);
        }
        catch (JsonException)
        {
            // The reader's own message quotes the document.
            return "The document must be JSON, without comments, trailing commas or anything after it.";
        }
    }
}
