using System.Diagnostics;
using System.Globalization;

namespace Repository.Benchmarks.Load.Measuring;

/// <summary>Processor time over elapsed time since it was made.</summary>
internal sealed class CoresUsed
{
    // Linux counts /proc times in units of 1/100 s.
    private const double ClockTicksPerSecond = 100;

    private readonly Func<TimeSpan> _processorTime;
    private readonly TimeSpan _start;
    private readonly long _started = Stopwatch.GetTimestamp();

    private CoresUsed(Func<TimeSpan> processorTime)
    {
        _processorTime = processorTime;
        _start = processorTime();
    }

    public static CoresUsed ByThisProcess() => new(() => Environment.CpuUsage.TotalTime);

    /// <summary>By children that started and ended since.</summary>
    public static CoresUsed ByEndedChildren() => new(ReadChildren);

    public double SinceStart() => (_processorTime() - _start) / Stopwatch.GetElapsedTime(_started);

    // After the name in brackets: field 16 is cutime, 17 is cstime (proc(5)); the first after the bracket is field 3.
    private static TimeSpan ReadChildren()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = double.Parse(fields[16 - 3], CultureInfo.InvariantCulture) + double.Parse(fields[17 - 3], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds(ticks / ClockTicksPerSecond);
    }
}
