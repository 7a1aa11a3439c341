using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Repository.Domain.Encoding;

/// <summary>Standard base64 with padding in its one canonical spelling: no white space, no missing padding, no stray bits.</summary>
public static class StrictBase64
{
    /// <summary>Decodes text that must stand for exactly <paramref name="size"/> bytes. Never throws.</summary>
    public static bool TryDecode(string? text, int size, out byte[] bytes)
    {
        bytes = new byte[size];

        // The decoder skips white space and ignores stray bits: only the text that encoding gives back is canonical.
        return text is not null
            && text.Length == (size + 2) / 3 * 4
            && Convert.TryFromBase64String(text, bytes, out var written)
            && written == size
            && string.Equals(Convert.ToBase64String(bytes), text, StringComparison.Ordinal);
    }

    /// <inheritdoc cref="TryDecodeUpTo(ReadOnlySpan{byte}, int, out byte[])"/>
    public static bool TryDecodeUpTo(string? text, int maxSize, out byte[] bytes)
    {
        bytes = [];
        return text is not null
            && text.Length <= (maxSize + 2) / 3 * 4
            && Ascii.IsValid(text)
            && TryDecodeUpTo(System.Text.Encoding.ASCII.GetBytes(text), maxSize, out bytes);
    }

    /// <summary>Decodes ASCII text that must stand for at least one byte and at most <paramref name="maxSize"/>. Never throws.</summary>
    public static bool TryDecodeUpTo(ReadOnlySpan<byte> text, int maxSize, out byte[] bytes)
    {
        bytes = [];
        if (text.IsEmpty || text.Length % 4 != 0 || text.Length > (maxSize + 2) / 3 * 4)
        {
            return false;
        }

        // The decoder skips white space, which would leave fewer bytes than so many characters stand for.
        var padding = text[^1] != '=' ? 0 : text[^2] != '=' ? 1 : 2;
        var size = (text.Length / 4 * 3) - padding;
        var decoded = new byte[size];
        if (size > maxSize || Base64.DecodeFromUtf8(text, decoded, out _, out var written) != OperationStatus.Done || written != size)
        {
            return false;
        }

        // And it ignores stray bits, which only the last group can have: there only what encoding gives back is canonical.
        Span<byte> last = stackalloc byte[4];
        _ = Base64.EncodeToUtf8(decoded.AsSpan((size - 1) / 3 * 3), last, out _, out _);
        if (!last.SequenceEqual(text[^4..]))
        {
            return false;
        }

        bytes = decoded;
        return true;
    }
}
