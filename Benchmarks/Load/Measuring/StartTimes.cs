using Repository.Benchmarks.Load.Processes;

namespace Repository.Benchmarks.Load.Measuring;

/// <summary>Seconds from the start of a process to its first 200, interleaved. Files are in the page cache: cold is the process.</summary>
internal static class StartTimes
{
    /// <returns>One spread for each way to start, in their order.</returns>
    public static async Task<IReadOnlyList<Spread>> MeasureAsync(int rounds, IReadOnlyList<Func<Task<Peer>>> starts)
    {
        var seconds = starts.Select(_ => new List<double>()).ToList();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (start, own) in starts.Zip(seconds))
            {
                await using var peer = await start();
                own.Add(peer.ColdStart.TotalSeconds);
            }
        }

        return [.. seconds.Select(Spread.Of)];
    }
}
