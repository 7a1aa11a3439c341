namespace Repository.Domain.Resources;

/// <summary>
/// Timecodes are Unix seconds, and time is cut into windows of <see cref="WindowSeconds"/>, the same for everybody
/// (design/formats.md, Timecodes and machine tokens).
/// </summary>
public static class Timecode
{
    /// <summary>How long a window is, in seconds.</summary>
    public const long WindowSeconds = 900;

    /// <summary>The first second of the window that holds a timecode, which is not negative.</summary>
    public static long WindowStart(long timecode)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(timecode);
        return timecode - (timecode % WindowSeconds);
    }
}
