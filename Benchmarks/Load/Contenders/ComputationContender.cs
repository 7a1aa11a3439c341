using System.Diagnostics;
using Repository.Benchmarks.Load.Measuring;

namespace Repository.Benchmarks.Load.Contenders;

/// <summary>A computation alone: one thread a core repeats it in this process, and does nothing else.</summary>
/// <param name="name">What the report calls it.</param>
/// <param name="compute">Is given the thread's turn, from 0; throws when what it computes is not what it should be.</param>
internal sealed class ComputationContender(string name, Action<int> compute) : Contender(name)
{
    public override async Task<Sample> MeasureAsync(SampleTiming timing, CancellationToken ct)
    {
        var window = SampleWindow.After(timing.WarmUp, timing.Duration);
        var cores = CoresUsed.ByThisProcess();
        var counts = await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Factory.StartNew(
            () => Count(window, ct),
            ct,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        return new Sample(counts.Sum() / timing.Duration.TotalSeconds, null, null) { PeerCores = cores.SinceStart() };
    }

    private long Count(SampleWindow window, CancellationToken ct)
    {
        var count = 0L;
        for (var turn = 0; ; turn++)
        {
            compute(turn);
            var now = Stopwatch.GetTimestamp();
            if (window.IsOver(now))
            {
                return count;
            }

            ct.ThrowIfCancellationRequested();
            count += window.Counts(now) ? 1 : 0;
        }
    }
}
