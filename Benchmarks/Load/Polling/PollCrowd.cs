using System.Net;

namespace Repository.Benchmarks.Load.Polling;

/// <summary>Many held polls at one server.</summary>
internal sealed class PollCrowd : IAsyncDisposable
{
    private const int ConnectingAtOnce = 200;

    private readonly CancellationTokenSource _end = new();
    private readonly List<HeldPoll> _polls;
    private readonly List<Task> _runs = [];

    private PollCrowd(List<HeldPoll> polls) => _polls = polls;

    public IReadOnlyList<HeldPoll> Polls => _polls;

    /// <summary>Connects a waiter for each dialect, and returns when all have asked.</summary>
    public static async Task<PollCrowd> GatherAsync(IPEndPoint server, IEnumerable<PollDialect> dialects, CancellationToken ct)
    {
        var crowd = new PollCrowd([.. dialects.Select(dialect => new HeldPoll(server, dialect))]);
        foreach (var some in crowd._polls.Chunk(ConnectingAtOnce))
        {
            await Task.WhenAll(some.Select(poll => poll.BeginAsync(ct)));
            crowd._runs.AddRange(some.Select(poll => poll.RunAsync(crowd._end.Token)));
        }

        return crowd;
    }

    /// <summary>Throws what any waiter met that should not have been.</summary>
    public async Task CheckAsync()
    {
        foreach (var run in _runs.Where(run => run.IsCompleted))
        {
            await run;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_runs).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _polls.ForEach(poll => poll.Dispose());
        _end.Dispose();
    }
}
