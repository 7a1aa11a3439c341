using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Repository.Benchmarks.Load.Measuring;

/// <summary>The time of one sample, in <see cref="Stopwatch"/> ticks: answers count from its start to its end.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SampleWindow(long Start, long End)
{
    /// <summary>For work that ends by itself, such as registering machines.</summary>
    public static SampleWindow Unbounded { get; } = new(0, long.MaxValue);

    public static SampleWindow After(TimeSpan warmUp, TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp() + ToTicks(warmUp);
        return new SampleWindow(start, start + ToTicks(duration));
    }

    public bool Counts(long timestamp) => timestamp >= Start && timestamp < End;

    public bool IsOver(long timestamp) => timestamp >= End;

    private static long ToTicks(TimeSpan span) => (long)(span.TotalSeconds * Stopwatch.Frequency);
}
