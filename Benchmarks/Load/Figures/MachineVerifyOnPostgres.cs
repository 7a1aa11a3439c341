using Repository.Benchmarks.Load.Contenders;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>An extra without a goal: durable machine verify on PostgreSQL, beside the same update by pgbench.</summary>
internal sealed class MachineVerifyOnPostgres : IFigure
{
    private const string What = "machine verify on PostgreSQL ÷ `pgbench`, the same update prepared";
    private static readonly int[] Connections = [32, 256];

    public string Id => "PG";

    public bool IsInQuickRun => false;

    public async Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct)
    {
        if (!PostgresServer.IsInstalled || Command.Find(PgbenchContender.Program) is null)
        {
            return [FigureRow.Skipped(Id, What, "`initdb`, `postgres` or `pgbench` is not installed")];
        }

        await using var postgres = await PostgresServer.StartAsync(arena.Workspace, ct);
        var script = await PgbenchTable.CreateAsync(arena.Workspace, postgres, arena.Options.ManyMachines, ct);
        var settings = new RepositoryServerSettings { PostgresConnectionString = postgres.ConnectionString(PgbenchTable.ServerDatabase) };
        var data = arena.Workspace.NewDirectory("data");
        await using var server = await RepositoryServer.StartAsync(arena.Workspace, arena.Server, data, settings, ct);
        var machines = new MachinePool(arena.Options.ManyMachines);
        await RegisterMachines.RunAsync(server.EndPoint, machines, ct);

        var rows = new List<FigureRow>();
        foreach (var connections in Connections)
        {
            var turns = machines.Share(machines.Count, connections);
            var rounds = await InterleavedRounds.RunAsync(
                arena.Length,
                [
                    new ConversationContender("verify", server, turns.Select(own => new VerifyMachines(own))),
                    new PgbenchContender("`pgbench`", postgres, script, connections),
                ],
                ct);
            var what = $"{What}, {connections} connections, {machines.Count:N0} machines";
            rows.Add(FigureRow.Compared(Id, what, rounds[0], rounds[1], goal: null));
        }

        return rows;
    }
}
