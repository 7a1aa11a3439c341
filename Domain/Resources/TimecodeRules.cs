namespace Repository.Domain.Resources;

/// <summary>Which timecodes may be used at all (design/formats.md, Timecodes and machine tokens). What is wrong is told by its likely cause.</summary>
public static class TimecodeRules
{
    /// <summary>A timecode over this is the year 5138 in seconds, and a day of our time in milliseconds.</summary>
    public const long MaxSeconds = 100_000_000_000;

    /// <summary>A timecode under this is before September 2001 in seconds, and a day of our time in minutes.</summary>
    public const long MinSeconds = 1_000_000_000;

    /// <summary>What is wrong with a timecode, for whoever sent it; null where nothing is.</summary>
    /// <param name="timecode">Unix seconds, if all is well.</param>
    /// <param name="now">The clock.</param>
    /// <param name="isPin">Whether a window is to be pinned: then one of long ago is meant as it is.</param>
    public static string? Refuse(long timecode, DateTimeOffset now, bool isPin) => timecode switch
    {
        < 0 => "A timecode is Unix seconds and not negative.",
        > MaxSeconds => "This timecode looks like milliseconds. A timecode is Unix seconds.",
        < MinSeconds when !isPin => "This timecode looks like minutes. A timecode is Unix seconds; a window of before September 2001 is fetched with pin: true only.",
        _ when Timecode.WindowStart(timecode) > Timecode.WindowStart(now.ToUnixTimeSeconds()) + Timecode.WindowSeconds =>
            "This timecode lies after the next window. Compare your clock with GET /v1/time.",
        _ => null,
    };
}
