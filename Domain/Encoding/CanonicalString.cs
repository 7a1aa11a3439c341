using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Repository.Domain.Encoding;

/// <summary>Strings of RFC 8785: how they are written (3.2.2.2) and how names are sorted (3.2.3). All are valid UTF-8.</summary>
internal static class CanonicalString
{
    private static readonly SearchValues<byte> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(control => (byte)control), (byte)'"', (byte)'\\']);

    /// <summary>Writes text quoted, with the fewest escapes.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        output.Write("\""u8);
        for (var plain = text.IndexOfAny(Escaped); plain >= 0; plain = text.IndexOfAny(Escaped))
        {
            output.Write(text[..plain]);
            WriteEscape(output, text[plain]);
            text = text[(plain + 1)..];
        }

        output.Write(text);
        output.Write("\""u8);
    }

    /// <summary>Writes text quoted that stood in JSON without an escape, and so needs none.</summary>
    public static void WriteVerbatim(PooledBuffer output, ReadOnlySpan<byte> text)
    {
        var quoted = output.GetSpan(text.Length + 2);
        quoted[0] = (byte)'"';
        text.CopyTo(quoted[1..]);
        quoted[text.Length + 1] = (byte)'"';
        output.Advance(text.Length + 2);
    }

    /// <summary>Appends what a JSON string stands for, whose escapes the reader has found well formed. False when a surrogate is alone.</summary>
    public static bool TryUnescape(ReadOnlySpan<byte> text, PooledBuffer output)
    {
        for (var escape = text.IndexOf((byte)'\\'); escape >= 0; escape = text.IndexOf((byte)'\\'))
        {
            output.Append(text[..escape]);
            var kind = text[escape + 1];
            text = text[(escape + 2)..];
            if (kind != 'u')
            {
                output.Append(Unescape(kind));
            }
            else if (!TryUnescapeUnit(ref text, output))
            {
                return false;
            }
        }

        output.Append(text);
        return true;
    }

    /// <summary>
    /// The order of two names by their UTF-16 code units. That of their bytes is the same but for characters over U+FFFF
    /// (lead bytes 0xF0 to 0xF4): as surrogate pairs they stand before U+E000 to U+FFFF (lead bytes 0xEE and 0xEF).
    /// </summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var same = left.CommonPrefixLength(right);
        return same == left.Length || same == right.Length ? left.Length - right.Length : Rank(left[same]) - Rank(right[same]);
    }

    private static int Rank(byte octet) => octet is 0xEE or 0xEF ? octet + 0x10 : octet;

    private static bool TryUnescapeUnit(ref ReadOnlySpan<byte> text, PooledBuffer output)
    {
        var unit = ReadUnit(text);
        text = text[4..];
        if (!char.IsSurrogate(unit))
        {
            output.Advance(new Rune(unit).EncodeToUtf8(output.GetSpan(4)));
            return true;
        }

        if (!text.StartsWith("\\u"u8) || !Rune.TryCreate(unit, ReadUnit(text[2..]), out var character))
        {
            return false;
        }

        text = text[6..];
        output.Advance(character.EncodeToUtf8(output.GetSpan(4)));
        return true;
    }

    private static char ReadUnit(ReadOnlySpan<byte> text) =>
        (char)ushort.Parse(text[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static byte Unescape(byte kind) => kind switch
    {
        (byte)'"' or (byte)'\\' or (byte)'/' => kind,
        (byte)'b' => (byte)'\b',
        (byte)'t' => (byte)'\t',
        (byte)'n' => (byte)'\n',
        (byte)'f' => (byte)'\f',
        (byte)'r' => (byte)'\r',
        _ => throw new UnreachableException("The reader lets no other escape pass."),
    };

    private static void WriteEscape(IBufferWriter<byte> output, byte character)
    {
        ReadOnlySpan<byte> hex = "0123456789abcdef"u8;
        output.Write(character switch
        {
            (byte)'"' => "\\\""u8,
            (byte)'\\' => "\\\\"u8,
            (byte)'\b' => "\\b"u8,
            (byte)'\t' => "\\t"u8,
            (byte)'\n' => "\\n"u8,
            (byte)'\f' => "\\f"u8,
            (byte)'\r' => "\\r"u8,
            _ => [(byte)'\\', (byte)'u', (byte)'0', (byte)'0', hex[character >> 4], hex[character & 0xF]],
        });
    }
}
