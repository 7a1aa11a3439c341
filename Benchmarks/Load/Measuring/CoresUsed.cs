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
    public static CoresUsed ByEndedChildren() => new(() => Read("self", 16, 17));

    /// <summary>By another process.</summary>
    public static CoresUsed ByProcess(int id) => new(() => Read($"{id}", 14, 15));

    public double SinceStart() => (_processorTime() - _start) / Stopwatch.GetElapsedTime(_started);

    // After the name in brackets: 14 is utime, 15 stime, 16 cutime, 17 cstime (proc(5)); the first after the bracket is field 3.
    private static TimeSpan Read(string process, int user, int kernel)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = double.Parse(fields[user - 3], CultureInfo.InvariantCulture) + double.Parse(fields[kernel - 3], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds(ticks / ClockTicksPerSecond);
    }
}
