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
}
