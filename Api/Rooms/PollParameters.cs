using System.Globalization;
using System.Runtime.InteropServices;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Rooms;

namespace Repository.Api.Rooms;

/// <summary>The sequence that a reader has had already; 0 for none.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EventSequence(long Value) : ICanonicalText<EventSequence>
{
    public static string Rule => "must be a sequence: a whole number from 0 on.";

    public static bool TryParse(ReadOnlySpan<char> text, out EventSequence value)
    {
        var valid = WholeNumber.TryParse(text, long.MaxValue, out var number);
        value = new EventSequence(number);
        return valid;
    }

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How many events an answer holds at the most: 1 to 1,000, 100 when not given.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EventLimit(int Value) : ICanonicalText<EventLimit>
{
    public const int Default = 100;
    public const int Max = 1_000;

    public static string Rule => $"must be a whole number from 1 to {Max}.";

    public static bool TryParse(ReadOnlySpan<char> text, out EventLimit value)
    {
        var valid = WholeNumber.TryParse(text, Max, out var number) && number >= 1;
        value = new EventLimit(valid ? (int)number : Default);
        return valid;
    }
}

/// <summary>How long a poll may be held, in seconds: 0 to 60, 0 when not given.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct WaitSeconds(int Value) : ICanonicalText<WaitSeconds>
{
    public const int Max = 60;

    public static string Rule => $"must be a whole number of seconds from 0 to {Max}.";

    public static bool TryParse(ReadOnlySpan<char> text, out WaitSeconds value)
    {
        var valid = WholeNumber.TryParse(text, Max, out var number);
        value = new WaitSeconds(valid ? (int)number : 0);
        return valid;
    }
}

/// <summary>Where a reader of all its rooms stands: the <c>next</c> of an earlier answer.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EventsCursor : ICanonicalText<EventsCursor>
{
    public static string Rule => "must be the next of an earlier answer.";

    /// <summary>What the text says.</summary>
    internal EventCursor Cursor { get; private init; }

    public static bool TryParse(ReadOnlySpan<char> text, out EventsCursor value)
    {
        var cursor = EventCursor.Parse(text);
        value = new EventsCursor { Cursor = cursor ?? EventCursor.Start };
        return cursor is not null;
    }
}

/// <summary>Whole numbers in their one spelling: digits, without a leading zero.</summary>
internal static class WholeNumber
{
    public static bool TryParse(ReadOnlySpan<char> text, long max, out long value)
    {
        value = 0;
        return text is "0"
            || (text.Length is > 0 and <= 19
                && text[0] != '0'
                && !text.ContainsAnyExceptInRange('0', '9')
                && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
                && value <= max);
    }
}
