using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>
/// R9: of three nodes one is killed under load. The time is the longest that any client waited between two answers, the repeat of what was
/// not answered included; a verify that was acknowledged and is lost, or done twice, would end the run.
/// </summary>
internal sealed class NodeKilled : IFigure
{
    private const int Clients = 24;
    private const int Nodes = 3;
    private const int Victim = 1;
    private const double MaxSeconds = 5;
    private const string What = "of three nodes one is killed under load: the longest pause of a client";

    private static readonly TimeSpan Before = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(4);

    public string Id => "R9";

    public bool IsInQuickRun => false;

    public async Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct)
    {
        if (!PostgresServer.IsInstalled)
        {
            return [FigureRow.Skipped(Id, What, "`initdb` or `postgres` is not installed")];
        }

        await using var postgres = await PostgresServer.StartAsync(arena.Workspace, ct);
        await using var nodes = await RepositoryNodes.StartAsync(arena, postgres.ConnectionString("postgres"), Nodes, ct);
        var machines = new MachinePool(arena.Options.ManyMachines);
        await RegisterMachines.RunAsync(nodes.All[0].EndPoint, machines, ct);
        var clients = machines.Share(machines.Count, Clients).Select(own => new VerifyAgain(own)).ToList();

        var pauses = new List<double>();
        for (var round = 0; round <= arena.Length.Rounds; round++)
        {
            pauses.Add((await KillAsync(nodes, clients, ct)).TotalSeconds);
            await nodes.RestartAsync(Victim, ct);
        }

        pauses.RemoveAt(0); // The compiler's.
        return [Row(Spread.Of(pauses), pauses.Count, clients.Sum(client => (long)client.Acknowledged))];
    }

    /// <returns>The longest pause of a client whose node was killed.</returns>
    private static async Task<TimeSpan> KillAsync(RepositoryNodes nodes, List<VerifyAgain> clients, CancellationToken ct)
    {
        var window = SampleWindow.After(Before, After);
        var endPoints = nodes.All.Select(node => node.EndPoint).ToList();
        var connections = clients.Select((client, i) => new RoamingConnection(endPoints, i % Nodes, client)).ToList();
        clients.ForEach(client => client.ForgetPauses());
        var load = connections.ConvertAll(connection => connection.RunAsync(window, ct));
        await Task.Delay(Before, ct);
        nodes.Kill(Victim);
        await Task.WhenAll(load);
        return clients.Where((_, i) => i % Nodes == Victim && connections[i].Moves > 0).Max(client => client.LongestPause);
    }

    private FigureRow Row(Spread seconds, int kills, long acknowledged) => new(
        Id,
        $"{What}, {Clients} clients, PostgreSQL",
        Units.Absolute(seconds, " s"),
        $"{kills} kills, {acknowledged:N0} acknowledged verifies: none lost, none done twice",
        "–",
        $"≤ {MaxSeconds} s",
        "–",
        seconds.Max <= MaxSeconds ? "reach" : "**not met**");
}
