using System.Globalization;

namespace Repository.Domain.Encoding;

/// <summary>
/// A point in time in the one spelling this server writes and compares: RFC 3339, UTC, seven fractional digits
/// (<c>2026-11-21T19:19:00.1234567Z</c>, design/formats.md). 28 ASCII characters, 100 ns resolution.
/// </summary>
public readonly record struct Rfc3339Date(DateTimeOffset Value) : ICanonicalText<Rfc3339Date>
{
    /// <summary>The length of the spelling.</summary>
    public const int Length = 28;

    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string Rule => "must be a date such as 2026-11-21T19:19:00.1234567Z.";

    public static bool TryParse(ReadOnlySpan<char> text, out Rfc3339Date value)
    {
        // The exact format fixes every position and digit, but two texts could still mean one time (hour 24): spell it again.
        Span<char> again = stackalloc char[Length];
        if (text.Length == Length
            && DateTime.TryParseExact(
                text,
                Format,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var time)
            && time.TryFormat(again, out _, Format, CultureInfo.InvariantCulture)
            && text.SequenceEqual(again))
        {
            value = new Rfc3339Date(new DateTimeOffset(time, TimeSpan.Zero));
            return true;
        }

        value = default;
        return false;
    }

    public override string ToString() => Spell(Value);

    /// <summary>The spelling of a point in time.</summary>
    public static string Spell(DateTimeOffset date) => date.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}
