using Repository.Benchmarks.Load.Contenders;

namespace Repository.Benchmarks.Load.Measuring;

/// <summary>A window on the wall clock, which traces carry, and how many answers it saw.</summary>
internal sealed record TracedSample(DateTimeOffset Start, DateTimeOffset End, double Acknowledged)
{
    public static async Task<TracedSample> MeasureAsync(Contender contender, SampleTiming timing, CancellationToken ct)
    {
        var start = DateTimeOffset.UtcNow + timing.WarmUp;
        var sample = await contender.MeasureAsync(timing, ct);
        return new TracedSample(start, start + timing.Duration, sample.PerSecond * timing.Duration.TotalSeconds);
    }

    public bool Contains(DateTimeOffset date) => date >= Start && date < End;
}
