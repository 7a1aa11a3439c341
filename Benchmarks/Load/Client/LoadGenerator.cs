using System.Net;
using Repository.Benchmarks.Load.Measuring;

namespace Repository.Benchmarks.Load.Client;

/// <summary>
/// Drives one peer with as many connections as there are conversations. The same code and the same cost for every contender,
/// whatever the protocol.
/// </summary>
internal static class LoadGenerator
{
    // Beyond the window: a peer that hangs fails the run instead of stopping it.
    private static readonly TimeSpan HangTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Measures one window after a warm-up. Of several peers, which are one service, each gets every n-th connection.</summary>
    public static async Task<Sample> MeasureAsync(
        IReadOnlyList<IPEndPoint> peers,
        IReadOnlyCollection<Conversation> conversations,
        SampleTiming timing,
        CancellationToken ct)
    {
        using var hang = CancellationTokenSource.CreateLinkedTokenSource(ct);
        hang.CancelAfter(timing.WarmUp + timing.Duration + HangTimeout);
        var window = SampleWindow.After(timing.WarmUp, timing.Duration);
        var cores = CoresUsed.ByThisProcess();
        var latencies = await RunAsync(peers, conversations, window, hang.Token);
        return new Sample(latencies.Count / timing.Duration.TotalSeconds, latencies.Percentile(0.5), latencies.Percentile(0.99))
        {
            ClientCores = cores.SinceStart(),
        };
    }

    /// <summary>Runs conversations that end by themselves.</summary>
    public static Task CompleteAsync(IPEndPoint peer, IReadOnlyCollection<Conversation> conversations, CancellationToken ct) =>
        RunAsync([peer], conversations, SampleWindow.Unbounded, ct);

    private static async Task<LatencyHistogram> RunAsync(
        IReadOnlyList<IPEndPoint> peers,
        IReadOnlyCollection<Conversation> conversations,
        SampleWindow window,
        CancellationToken ct)
    {
        using var firstFailure = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var connections = conversations.Select((conversation, i) => new LoadConnection(peers[i % peers.Count], conversation)).ToList();
        var runs = connections.Select(connection => connection.RunAsync(window, firstFailure.Token));
        await foreach (var run in Task.WhenEach(runs).WithCancellation(ct))
        {
            if (!run.IsCompletedSuccessfully)
            {
                await firstFailure.CancelAsync();
                await run;
            }
        }

        var all = new LatencyHistogram();
        connections.ForEach(connection => all.Add(connection.Latencies));
        return all;
    }
}
