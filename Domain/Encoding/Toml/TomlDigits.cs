namespace Repository.Domain.Encoding.Toml;

/// <summary>Digits of the bases 2, 8, 10 and 16, with underscores between.</summary>
internal static class TomlDigits
{
    /// <summary>Skips digits, each two of them with at most one underscore between.</summary>
    public static bool TrySkip(ref ReadOnlySpan<byte> rest, int radix)
    {
        var at = 0;
        while (at < rest.Length && ValueOf(rest[at]) < radix)
        {
            at++;
            if (at < rest.Length - 1 && rest[at] == '_' && ValueOf(rest[at + 1]) < radix)
            {
                at++;
            }
        }

        rest = rest[at..];
        return at > 0;
    }

    /// <summary>The value of a digit; of anything else more than any base.</summary>
    public static int ValueOf(byte digit) => (char)digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'a' and <= 'f' => digit - 'a' + 10,
        >= 'A' and <= 'F' => digit - 'A' + 10,
        _ => int.MaxValue,
    };

    /// <summary>Copies a word without its underscores.</summary>
    public static ReadOnlySpan<byte> Join(ReadOnlySpan<byte> word, Span<byte> buffer)
    {
        var length = 0;
        foreach (var octet in word)
        {
            if (octet != '_')
            {
                buffer[length++] = octet;
            }
        }

        return buffer[..length];
    }
}
