using System.Diagnostics;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Issuing;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Polling;
using Repository.Benchmarks.Load.Processes;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>P12: one post answers every poll that waits on its room; the time until the last has its answer.</summary>
internal sealed class FanOut : IFigure
{
    private const int Users = 100;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HangTimeout = TimeSpan.FromSeconds(20);

    public string Id => "P12";

    public bool IsInQuickRun => false;

    public async Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct)
    {
        var settings = new RepositoryServerSettings { MaxHeldPollsPerCaller = 20_000 };
        var data = arena.Workspace.NewDirectory("data");
        await using var server = await RepositoryServer.StartAsync(arena.Workspace, arena.Server, data, settings, ct);
        var users = await RoomUser.OpenAsync(server.EndPoint, Users, ct);
        var rows = new List<FigureRow>();
        foreach (var (waiters, goal) in ((int, Goal)[])[(1_000, new Goal(60, 30, " ms")), (10_000, new Goal(400, 200, " ms"))])
        {
            rows.Add(await MeasureAsync(arena, server, users, waiters, goal, ct));
        }

        return rows;
    }

    private async Task<FigureRow> MeasureAsync(Arena arena, Peer server, IReadOnlyList<RoomUser> users, int waiters, Goal goal, CancellationToken ct)
    {
        var room = await users[0].ShareRoomAsync(server.EndPoint, [.. users.Skip(1)], ct);
        await using var crowd = await PollCrowd.GatherAsync(
            server.EndPoint,
            Enumerable.Range(0, waiters).Select(waiter => new RoomPoll(users[waiter % users.Count], room, users.Count + 1)),
            ct);
        var times = new List<double>();
        for (var round = 0; round <= arena.Length.Rounds; round++)
        {
            await Task.Delay(Settling, ct); // Every waiter has asked again.
            var wakes = crowd.Polls.Select(poll => poll.NextWake).ToList();
            var sent = Stopwatch.GetTimestamp();
            _ = await OneRequest.AskAsync(server.EndPoint, users[0].PostMessage(room), 201, ct);
            var last = (await Task.WhenAll(wakes).WaitAsync(HangTimeout, ct)).Max();
            times.Add(Math.Round(Stopwatch.GetElapsedTime(sent, last).TotalMilliseconds, 1));
        }

        times.RemoveAt(0); // The compiler's.
        await crowd.CheckAsync();
        return FigureRow.Absolute(
            Id,
            $"fan-out of one durable post to {waiters:N0} polls held on its room by {users.Count} members: post sent to the last answered",
            Spread.Of(times),
            goal,
            " ms",
            "–");
    }
}
