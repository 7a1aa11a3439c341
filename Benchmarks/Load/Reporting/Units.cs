using Repository.Benchmarks.Load.Measuring;

namespace Repository.Benchmarks.Load.Reporting;

/// <summary>How numbers are written in the table: the median, and the least and the greatest in brackets.</summary>
internal static class Units
{
    public static string Throughput(Series series)
    {
        var rate = series.PerSecond;
        var latency = series is { MedianLatency: { } p50, P99Latency: { } p99 } ? $"; p50 {p50:0.00} ms, p99 {p99:0.00} ms" : "";
        var cost = series.PeerMicroseconds is { } microseconds ? $"; {microseconds:0} µs of its CPU an answer" : "";
        return $"{Rate(rate.Median)}/s ({Rate(rate.Min)}–{Rate(rate.Max)}){latency}{cost}";
    }

    public static string Ratio(Spread ratio) => $"{ratio.Median:0.00} ({ratio.Min:0.00}–{ratio.Max:0.00})";

    public static string Absolute(Spread value, string unit) => value.Min < value.Max
        ? $"{value.Median:0.##}{unit} ({value.Min:0.##}–{value.Max:0.##})"
        : $"{value.Median:0.##}{unit}";

    private static string Rate(double perSecond) => perSecond >= 10_000 ? $"{perSecond / 1000:0.0} k" : $"{perSecond:0}";
}
