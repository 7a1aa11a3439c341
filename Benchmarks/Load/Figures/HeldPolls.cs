using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Issuing;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Polling;
using Repository.Benchmarks.Load.Processes;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>
/// P10, P11, P13: what 15,000 held polls take, how soon one is answered after a post, and what they cost while nothing happens. Each waits
/// on a room of its own, in the session of one of a hundred users.
/// </summary>
internal sealed class HeldPolls : IFigure
{
    private const int Users = 100;
    private const int EventsOfNewRoom = 2; // Its creator joined, its first epoch began.
    private const double BytesPerGibibyte = 1L << 30;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);
    private static readonly Goal MemoryGoal = new(70_000, 89_000);
    private static readonly Goal MedianGoal = new(1, 0.5, " ms");
    private static readonly Goal TailGoal = new(5, 2.5, " ms");
    private static readonly Goal IdleGoal = new(5, 2, " %");

    public string Id => "P10";

    public bool IsInQuickRun => false;

    public async Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct)
    {
        var polls = arena.Options.HeldPolls;
        return
        [
            .. await MeasureServerAsync(arena, polls, ct),
            await MeasureBareAsync(arena, polls, ct),
            .. await MeasureNchanAsync(arena, polls, ct),
        ];
    }

    private async Task<IReadOnlyList<FigureRow>> MeasureServerAsync(Arena arena, int polls, CancellationToken ct)
    {
        var settings = new RepositoryServerSettings { MaxHeldPollsPerCaller = polls };
        var data = arena.Workspace.NewDirectory("data");
        await using var server = await RepositoryServer.StartAsync(arena.Workspace, arena.Server, data, settings, ct);
        var users = await RoomUser.OpenAsync(server.EndPoint, Users, ct);
        var owned = users.Select(user => new CreateRooms(user, polls / Users)).ToList();
        await LoadGenerator.CompleteAsync(server.EndPoint, owned, ct);
        var rooms = owned.SelectMany(own => own.Rooms.Select(room => (own.Owner, Room: room))).ToList();
        await Task.Delay(Settling, ct);

        var before = server.Process.ResidentBytes();
        await using var crowd = await PollCrowd.GatherAsync(server.EndPoint, rooms.Select(room => new RoomPoll(room.Owner, room.Room, EventsOfNewRoom)), ct);
        await Task.Delay(Settling, ct);
        var memory = FigureRow.Absolute(
            Id,
            $"held long polls per GiB of resident memory added: {rooms.Count:N0}, authenticated, each on a room of its own",
            PerGibibyte(rooms.Count, server, before),
            MemoryGoal,
            "",
            "below");
        var idle = await MeasureIdleAsync(arena, server, rooms.Count, ct);
        var times = await WakeUps.MeasureAsync(arena, server.EndPoint, crowd, [.. rooms.Select(room => room.Owner.PostMessage(room.Room))], ct);
        await crowd.CheckAsync();
        return
        [
            memory,
            FigureRow.Absolute("P11", $"wake-up with {rooms.Count:N0} held, post sent to poll answered, durable first: p50", times.Median, MedianGoal, " ms", "below"),
            FigureRow.Absolute("P11", "the same: p99", times.P99, TailGoal, " ms", "below"),
            idle,
        ];
    }

    private static async Task<FigureRow> MeasureIdleAsync(Arena arena, Peer server, int polls, CancellationToken ct)
    {
        var shares = new List<double>();
        for (var round = 0; round < arena.Length.Rounds; round++)
        {
            var cores = CoresUsed.ByProcess(server.Process.Id);
            await Task.Delay(arena.Length.Timing.Duration, ct);
            shares.Add(cores.SinceStart() * 100);
        }

        return FigureRow.Absolute("P13", $"{polls:N0} held polls, share of one core while nothing happens", Spread.Of(shares), IdleGoal, " %", "–");
    }

    private async Task<FigureRow> MeasureBareAsync(Arena arena, int polls, CancellationToken ct)
    {
        await using var bare = await BaselineServer.StartAsync(arena.Workspace, ct);
        await Task.Delay(Settling, ct);
        var before = bare.Process.ResidentBytes();
        await using var crowd = await PollCrowd.GatherAsync(bare.EndPoint, Enumerable.Range(0, polls).Select(_ => new BarePoll()), ct);
        await Task.Delay(Settling, ct);
        return FigureRow.Absolute(Id, $"the same of the bare application: {polls:N0} requests that are held", PerGibibyte(polls, bare, before), goal: null, "", "–");
    }

    private async Task<IReadOnlyList<FigureRow>> MeasureNchanAsync(Arena arena, int polls, CancellationToken ct)
    {
        if (!NchanServer.IsInstalled)
        {
            return [FigureRow.Skipped(Id, "the same of nchan", "nchan is not installed")];
        }

        await using var nchan = await NchanServer.StartAsync(arena.Workspace, ct);
        var before = nchan.Process.ResidentBytes();
        await using var crowd = await PollCrowd.GatherAsync(nchan.EndPoint, Enumerable.Range(0, polls).Select(channel => new NchanPoll(channel)), ct);
        await Task.Delay(Settling, ct);
        var memory = PerGibibyte(polls, nchan, before);
        var posts = Enumerable.Range(0, polls).Select(channel => HttpRequest.Post($"/post?id={channel}", "{}")).ToList();
        var times = await WakeUps.MeasureAsync(arena, nchan.EndPoint, crowd, posts, ct);
        return
        [
            FigureRow.Absolute(Id, $"the same of nchan, one process, {polls:N0} channels, unauthenticated", memory, goal: null, "", "–"),
            FigureRow.Absolute("P11", "wake-up of nchan, which keeps nothing on disk: p50", times.Median, goal: null, " ms", "–"),
            FigureRow.Absolute("P11", "the same: p99", times.P99, goal: null, " ms", "–"),
        ];
    }

    private static Spread PerGibibyte(int polls, Peer peer, long before) =>
        Spread.Of([polls / ((peer.Process.ResidentBytes() - before) / BytesPerGibibyte)]);
}
