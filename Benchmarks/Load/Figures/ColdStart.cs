using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>P15: from the start of the process to the first 200, and memory when nothing happens.</summary>
internal sealed class ColdStart : IFigure
{
    private const int FewMachines = 100;
    private static readonly Goal StartGoal = new(0.9, 0.6, " s");
    private static readonly Goal RestartGoal = new(2, 1, " s");

    public string Id => "P15";

    public async Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct)
    {
        var used = await FillAsync(arena, FewMachines, ct);
        var starts = new List<Start>
        {
            new("empty data directory", StartGoal, () => arena.Workspace.NewDirectory("data")),
            new("existing data directory", StartGoal, () => used),
        };
        if (!arena.Options.Quick)
        {
            var full = await FillAsync(arena, arena.Options.RestartMachines, ct);
            var remark = arena.Options.Growth ? "" : " (10⁶ with `--growth`)";
            starts.Add(new Start($"{arena.Options.RestartMachines:N0} machines{remark}", RestartGoal, () => full));
        }

        return [.. await MeasureStartsAsync(arena, starts, ct), await IdleMemory.MeasureAsync(Id, arena, used, ct)];
    }

    private static async Task<string> FillAsync(Arena arena, int machines, CancellationToken ct)
    {
        var data = arena.Workspace.NewDirectory("data");
        await using var server = await RepositoryServer.StartAsync(arena.Workspace, arena.Server, data, ct);
        await RegisterMachines.RunAsync(server.EndPoint, new MachinePool(machines), ct);
        return data;
    }

    private async Task<IEnumerable<FigureRow>> MeasureStartsAsync(Arena arena, List<Start> starts, CancellationToken ct)
    {
        Func<Task<Peer>> baseline = () => BaselineServer.StartAsync(arena.Workspace, ct);
        var seconds = await StartTimes.MeasureAsync(arena.Length.Rounds, [baseline, .. starts.Select(Server)]);
        var bare = $"bare application: {Units.Absolute(seconds[0], " s")}";
        return starts.Zip(
            seconds.Skip(1),
            (start, time) => FigureRow.Absolute(Id, $"process start to the first 200, {start.What}", time, start.Goal, " s", bare));

        Func<Task<Peer>> Server(Start start) => () => RepositoryServer.StartAsync(arena.Workspace, arena.Server, start.Data(), ct);
    }

    /// <summary>One way to start.</summary>
    /// <param name="What">The state of the data directory, for the table.</param>
    /// <param name="Goal">In seconds.</param>
    /// <param name="Data">The directory of the next start.</param>
    private sealed record Start(string What, Goal Goal, Func<string> Data);
}
