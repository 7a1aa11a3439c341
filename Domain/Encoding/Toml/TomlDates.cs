namespace Repository.Domain.Encoding.Toml;

/// <summary>The four kinds of dates and times, RFC 3339, section 5.6.</summary>
internal static class TomlDates
{
    private const string Flaw = "A date or time must be one of RFC 3339, with seconds, of the years 0001 to 9999.";
    private const int DateLength = 10;
    private const int TickDigits = 7;

    /// <summary>Whether a word has the marks of a date and nothing behind it.</summary>
    public static bool IsDate(ReadOnlySpan<byte> word) => word is [_, _, _, _, (byte)'-', _, _, (byte)'-', _, _];

    /// <summary>Whether a word begins like a date or a time, so that it is one or nothing.</summary>
    public static bool IsDateOrTime(ReadOnlySpan<byte> word) =>
        (word is [_, _, _, _, (byte)'-', ..] && AsciiNumber.TryRead(word[..4], out _))
        || (word is [_, _, (byte)':', ..] && AsciiNumber.TryRead(word[..2], out _));

    public static TomlNode? Read(ReadOnlySpan<byte> word, TomlPosition position, out string? flaw)
    {
        var value = word[2] == ':' ? ReadTime(word, position) : ReadDate(word, position);
        flaw = value is null ? Flaw : null;
        return value;
    }

    private static TomlLocalTime? ReadTime(ReadOnlySpan<byte> word, TomlPosition position) =>
        TryReadTime(word, out var ticks, out var isLeap, out var rest) && !isLeap && rest.IsEmpty
            ? new TomlLocalTime(position, new TimeOnly(ticks))
            : null;

    private static TomlNode? ReadDate(ReadOnlySpan<byte> word, TomlPosition position)
    {
        if (word.Length < DateLength || !IsDate(word[..DateLength]) || !TryReadDay(word, out var day))
        {
            return null;
        }

        if (word.Length == DateLength)
        {
            return new TomlLocalDate(position, DateOnly.FromDateTime(day));
        }

        if (word[DateLength] is not ((byte)'T' or (byte)'t' or (byte)' ')
            || !TryReadTime(word[(DateLength + 1)..], out var ticks, out var isLeap, out var rest))
        {
            return null;
        }

        if (!rest.IsEmpty)
        {
            return ReadOffset(day.Ticks + ticks, isLeap, rest, position);
        }

        return isLeap ? null : new TomlLocalDateTime(position, day.AddTicks(ticks));
    }

    private static TomlOffsetDateTime? ReadOffset(long localTicks, bool isLeap, ReadOnlySpan<byte> offset, TomlPosition position)
    {
        if (!Rfc3339OffsetDate.TryReadOffset(offset, out var minutes))
        {
            return null;
        }

        var ticks = localTicks - (minutes * TimeSpan.TicksPerMinute);
        return ticks < 0 || ticks > DateTimeOffset.MaxValue.Ticks || (isLeap && ticks % TimeSpan.TicksPerDay >= TimeSpan.TicksPerSecond)
            ? null // A leap second has been counted as the one after it, which begins a day in UTC.
            : new TomlOffsetDateTime(position, new DateTimeOffset(ticks, TimeSpan.Zero));
    }

    private static bool TryReadDay(ReadOnlySpan<byte> word, out DateTime day)
    {
        day = default;
        if (!AsciiNumber.TryRead(word[..4], out var year)
            || !AsciiNumber.TryRead(word[5..7], out var month)
            || !AsciiNumber.TryRead(word[8..10], out var dayOfMonth)
            || year < 1
            || month is < 1 or > 12
            || dayOfMonth < 1
            || dayOfMonth > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new DateTime(year, month, dayOfMonth, 0, 0, 0, DateTimeKind.Unspecified);
        return true;
    }

    /// <summary>Reads <c>07:32:00.999999</c>, cut to ticks, and gives back what follows.</summary>
    private static bool TryReadTime(ReadOnlySpan<byte> text, out long ticks, out bool isLeap, out ReadOnlySpan<byte> rest)
    {
        (ticks, isLeap) = (0, false);
        rest = [];
        if (text is not [_, _, (byte)':', _, _, (byte)':', _, _, ..]
            || !AsciiNumber.TryRead(text[..2], out var hour)
            || !AsciiNumber.TryRead(text[3..5], out var minute)
            || !AsciiNumber.TryRead(text[6..8], out var second)
            || hour > 23
            || minute > 59
            || second > 60
            || !TryReadFraction(text[8..], out var fraction, out rest))
        {
            return false;
        }

        isLeap = second == 60;
        ticks = (((((hour * 60L) + minute) * 60) + second) * TimeSpan.TicksPerSecond) + fraction;
        return true;
    }

    private static bool TryReadFraction(ReadOnlySpan<byte> text, out int ticks, out ReadOnlySpan<byte> rest)
    {
        ticks = 0;
        rest = text;
        if (text is not [(byte)'.', .. var digits])
        {
            return true;
        }

        var end = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        rest = end < 0 ? [] : digits[end..];
        digits = digits[..^rest.Length];
        _ = AsciiNumber.TryRead(digits[..Math.Min(digits.Length, TickDigits)], out ticks);
        for (var i = digits.Length; i < TickDigits; i++)
        {
            ticks *= 10;
        }

        return !digits.IsEmpty;
    }
}
