namespace Repository.Domain.Encoding;

/// <summary>
/// Reads any date-time of RFC 3339, section 5.6: any offset, any number of fractional digits, <c>T</c> and <c>Z</c> in either
/// case. What this server writes and compares is <see cref="Rfc3339Date"/>.
/// </summary>
public static class Rfc3339OffsetDate
{
    /// <summary>What the text must be, as the end of a sentence that begins with the member's name.</summary>
    public const string Rule = "must be an RFC 3339 date-time of the years 0001 to 9999, such as 2026-11-21T19:19:00Z.";

    private const int TickDigits = 7;
    private const int MinutesPerDay = 24 * 60;

    /// <summary>
    /// Reads a stranger's text, all of it, as a point in UTC. Below 100 ns it is rounded up, so that comparing <c>date &lt;= now</c>
    /// and <c>now &lt; date</c> with a clock of whole ticks is exact. A leap second, only at the end of a day in UTC, is the second
    /// after it. Never throws.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset date) => TryParse(text, rest: 1, out date);

    /// <summary>The same, but below 100 ns it is cut, as in a definition of the coffer: for a date that is kept and not compared. Never throws.</summary>
    public static bool TryParseCut(ReadOnlySpan<byte> text, out DateTimeOffset date) => TryParse(text, rest: 0, out date);

    /// <param name="text">The text.</param>
    /// <param name="rest">The ticks that digits below a tick count for, unless all are zero.</param>
    /// <param name="date">What was read.</param>
    private static bool TryParse(ReadOnlySpan<byte> text, int rest, out DateTimeOffset date)
    {
        date = default;
        if (text.Length < "2026-11-21T19:19:00Z".Length
            || !TryReadMinute(text[..16], out var minute)
            || text[16] != ':'
            || !AsciiNumber.TryRead(text[17..19], out var second)
            || !TryReadFraction(text[19..], rest, out var fraction, out var offsetAt)
            || !TryReadOffset(text[(19 + offsetAt)..], out var offset))
        {
            return false;
        }

        var utcMinute = minute - offset;
        if (second > 60 || (second == 60 && utcMinute % MinutesPerDay != MinutesPerDay - 1))
        {
            return false;
        }

        var ticks = (utcMinute * TimeSpan.TicksPerMinute) + (second * TimeSpan.TicksPerSecond) + fraction;
        if (ticks < DateTimeOffset.MinValue.Ticks || ticks > DateTimeOffset.MaxValue.Ticks)
        {
            return false;
        }

        date = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    /// <summary>Reads <c>2026-11-21T19:19</c> as minutes since the beginning of year 1.</summary>
    private static bool TryReadMinute(ReadOnlySpan<byte> text, out long minutes)
    {
        minutes = 0;
        if (text is not [_, _, _, _, (byte)'-', _, _, (byte)'-', _, _, (byte)'T' or (byte)'t', _, _, (byte)':', _, _]
            || !AsciiNumber.TryRead(text[..4], out var year)
            || !AsciiNumber.TryRead(text[5..7], out var month)
            || !AsciiNumber.TryRead(text[8..10], out var day)
            || !AsciiNumber.TryRead(text[11..13], out var hour)
            || !AsciiNumber.TryRead(text[14..16], out var minute)
            || year < 1
            || month is < 1 or > 12
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
            || hour > 23
            || minute > 59)
        {
            return false;
        }

        minutes = new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Utc).Ticks / TimeSpan.TicksPerMinute;
        return true;
    }

    /// <summary>Reads <c>.123</c>, if it is there, as ticks.</summary>
    private static bool TryReadFraction(ReadOnlySpan<byte> text, int rest, out int ticks, out int length)
    {
        (ticks, length) = (0, 0);
        if (text is not [(byte)'.', .. var after])
        {
            return true;
        }

        var end = after.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = end < 0 ? after : after[..end];
        length = 1 + digits.Length;
        var whole = digits[..Math.Min(digits.Length, TickDigits)];
        _ = AsciiNumber.TryRead(whole, out ticks);
        for (var i = whole.Length; i < TickDigits; i++)
        {
            ticks *= 10;
        }

        ticks += digits[whole.Length..].ContainsAnyExcept((byte)'0') ? rest : 0;
        return !digits.IsEmpty;
    }

    /// <summary>Reads <c>Z</c> or <c>+01:00</c>, which must end the text, as minutes.</summary>
    internal static bool TryReadOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text is [(byte)'Z' or (byte)'z'])
        {
            return true;
        }

        if (text is not [(byte)'+' or (byte)'-', _, _, (byte)':', _, _]
            || !AsciiNumber.TryRead(text[1..3], out var hour)
            || !AsciiNumber.TryRead(text[4..6], out var minute)
            || hour > 23
            || minute > 59)
        {
            return false;
        }

        minutes = ((hour * 60) + minute) * (text[0] == '-' ? -1 : 1);
        return true;
    }
}
