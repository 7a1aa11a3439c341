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

    /// <summary>Decodes text that must stand for at least one byte and at most <paramref name="maxSize"/>. Never throws.</summary>
    public static bool TryDecodeUpTo(string? text, int maxSize, out byte[] bytes)
    {
        bytes = [];
        if (text is not { Length: > 0 } || text.Length > (maxSize + 2) / 3 * 4)
        {
            return false;
        }

        var padding = text switch
        {
            [.., '=', '='] => 2,
            [.., '='] => 1,
            _ => 0,
        };
        var size = (text.Length / 4 * 3) - padding; // What the text would stand for, if it is base64 at all.
        return size > 0 && size <= maxSize && TryDecode(text, size, out bytes);
    }
}
