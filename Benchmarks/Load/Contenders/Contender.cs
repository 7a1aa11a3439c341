using Repository.Benchmarks.Load.Measuring;

namespace Repository.Benchmarks.Load.Contenders;

/// <summary>One side of a comparison: something that can be loaded for one window, again and again.</summary>
internal abstract class Contender(string name)
{
    public string Name { get; } = name;

    public abstract Task<Sample> MeasureAsync(SampleTiming timing, CancellationToken ct);
}
