namespace Repository.Benchmarks.Load.Measuring;

/// <summary>How much is measured.</summary>
/// <param name="Rounds">Samples of each contender; the figure is their median.</param>
/// <param name="Timing">Of each sample.</param>
/// <param name="FirstWarmUp">Load on each contender before its first round: the compiler's second tier settles here.</param>
internal sealed record RunLength(int Rounds, SampleTiming Timing, TimeSpan FirstWarmUp)
{
    public static RunLength Full { get; } = Of(5, warmUpSeconds: 0.5, seconds: 2, firstWarmUpSeconds: 6);

    public static RunLength Quick { get; } = Of(3, warmUpSeconds: 0.1, seconds: 0.25, firstWarmUpSeconds: 0.3);

    private static RunLength Of(int rounds, double warmUpSeconds, double seconds, double firstWarmUpSeconds) =>
        new(
            rounds,
            new SampleTiming(TimeSpan.FromSeconds(warmUpSeconds), TimeSpan.FromSeconds(seconds)),
            TimeSpan.FromSeconds(firstWarmUpSeconds));
}
