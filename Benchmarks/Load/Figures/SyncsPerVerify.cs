using Repository.Benchmarks.Load.Contenders;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>
/// P9: how many acknowledged verifies share one fsync. A server of its own runs under strace; its throughput is used for
/// nothing else.
/// </summary>
internal sealed class SyncsPerVerify : IFigure
{
    private const int Connections = 256;
    private const string What = "fsyncs per 1,000 acknowledged verifies, 256 connections";
    private static readonly Goal Goal = new(60, 15);

    public string Id => "P9";

    public async Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct)
    {
        if (Command.Find(SyncTrace.Program) is null)
        {
            return [FigureRow.Skipped(Id, What, "`strace` is not installed")];
        }

        var trace = new SyncTrace(arena.Workspace.NewPath("syncs.txt"));
        var settings = new RepositoryServerSettings { Tracer = trace.Command };
        var machines = new MachinePool(arena.Options.ManyMachines);
        var windows = new List<TracedSample>();
        var data = arena.Workspace.NewDirectory("data");
        await using (var traced = await RepositoryServer.StartAsync(arena.Workspace, arena.Server, data, settings, ct))
        {
            await RegisterMachines.RunAsync(traced.EndPoint, machines, ct);
            var turns = machines.Share(machines.Count, Connections);
            var verify = new ConversationContender("verify", traced, turns.Select(own => new VerifyMachines(own)));
            _ = await verify.MeasureAsync(new SampleTiming(TimeSpan.Zero, arena.Length.FirstWarmUp), ct);
            for (var round = 0; round < arena.Length.Rounds; round++)
            {
                windows.Add(await TracedSample.MeasureAsync(verify, arena.Length.Timing, ct));
            }
        }

        var syncs = trace.Read();
        var counts = windows.Select(window => syncs.Count(window.Contains)).ToList();
        var perThousand = Spread.Of(windows.Zip(counts, (window, count) => 1000.0 * count / window.Acknowledged));
        if (counts.Contains(0))
        {
            throw new InvalidOperationException("Verifies were acknowledged without a single fsync: they are not durable.");
        }

        var totals = $"; {counts.Sum():N0} fsyncs for {windows.Sum(window => window.Acknowledged):N0} verifies";
        return [FigureRow.Absolute(Id, What, perThousand, Goal, "", "`strace`, counting `fsync` and `fdatasync`", totals)];
    }
}
