using Repository.Benchmarks.Load.Contenders;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>
/// An extra without a goal: durable machine verify at one, two and three nodes of one PostgreSQL, beside the same update by pgbench. On one
/// machine they, the database and this client share its cores: more nodes then add no power, and the figure shows what they cost.
/// </summary>
internal sealed class MachineVerifyOnNodes : IFigure
{
    private const int Connections = 48;
    private const int Nodes = 3;
    private const string What = "machine verify on PostgreSQL";

    public string Id => "NODES";

    public bool IsInQuickRun => false;

    public async Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct)
    {
        if (!PostgresServer.IsInstalled || Command.Find(PgbenchContender.Program) is null)
        {
            return [FigureRow.Skipped(Id, What, "`initdb`, `postgres` or `pgbench` is not installed")];
        }

        await using var postgres = await PostgresServer.StartAsync(arena.Workspace, ct);
        var script = await PgbenchTable.CreateAsync(arena.Workspace, postgres, arena.Options.ManyMachines, ct);
        await using var nodes = await RepositoryNodes.StartAsync(arena, postgres.ConnectionString(PgbenchTable.ServerDatabase), Nodes, ct);
        var machines = new MachinePool(arena.Options.ManyMachines);
        await RegisterMachines.RunAsync(nodes.All[0].EndPoint, machines, ct);

        // One set of conversations at a time speaks for the machines, so the contenders take turns with the same ones.
        var verifies = machines.Share(machines.Count, Connections).Select(own => new VerifyMachines(own)).ToList();
        var contenders = Enumerable.Range(1, Nodes)
            .Select(Contender (count) => new ConversationContender(NameOf(count), [.. nodes.All.Take(count)], verifies))
            .Append(new PgbenchContender("`pgbench`", postgres, script, Connections))
            .ToList();
        var rounds = await InterleavedRounds.RunAsync(arena.Length, contenders, ct);
        var load = $"{Connections} connections, {machines.Count:N0} machines";
        return
        [
            .. rounds.Take(Nodes).Select(round => Row($"{round.Name} ÷ `pgbench`, the same update prepared, {load}", round, rounds[^1])),
            .. rounds.Take(Nodes).Skip(1).Select(round => Row($"{round.Name} ÷ one node, {load}", round, rounds[0])),
        ];
    }

    private FigureRow Row(string what, Series ours, Series theirs) => FigureRow.Compared(Id, $"{What}, {what}", ours, theirs, goal: null);

    private static string NameOf(int count) => count == 1 ? "one node" : $"{count} nodes";
}
