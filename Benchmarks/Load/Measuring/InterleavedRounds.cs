using Repository.Benchmarks.Load.Contenders;

namespace Repository.Benchmarks.Load.Measuring;

/// <summary>Measures contenders in turn, A B A B …, so that whatever else the machine does meets them alike.</summary>
internal static class InterleavedRounds
{
    /// <returns>One series for each contender, in their order.</returns>
    public static async Task<IReadOnlyList<Series>> RunAsync(RunLength length, IReadOnlyList<Contender> contenders, CancellationToken ct)
    {
        foreach (var contender in contenders)
        {
            _ = await contender.MeasureAsync(new SampleTiming(TimeSpan.Zero, length.FirstWarmUp), ct);
        }

        var samples = contenders.Select(_ => new List<Sample>()).ToList();
        for (var round = 0; round < length.Rounds; round++)
        {
            foreach (var (contender, own) in contenders.Zip(samples))
            {
                own.Add(await contender.MeasureAsync(length.Timing, ct));
            }
        }

        return [.. contenders.Zip(samples, (contender, own) => new Series(contender.Name, own))];
    }
}
