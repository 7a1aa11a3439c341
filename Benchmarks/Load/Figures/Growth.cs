using Repository.Benchmarks.Load.Contenders;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>P14, the first half: verify with many machines beside verify with a thousand, one server for each number.</summary>
internal sealed class Growth : IFigure
{
    private const int Connections = 32;
    private const int Few = 1_000;
    private static readonly int[] Many = [10_000, 100_000, 1_000_000];
    private static readonly Goal Goal = new(0.8, 0.9);

    public string Id => "P14";

    public async Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct)
    {
        var servers = new List<Peer>();
        try
        {
            var contenders = new List<Contender>();
            foreach (var count in (int[])[Few, .. Sizes(arena.Options)])
            {
                var server = await RepositoryServer.StartAsync(arena.Workspace, arena.Server, arena.Workspace.NewDirectory("data"), ct);
                servers.Add(server);
                contenders.Add(await FillAsync(server, count, ct));
            }

            var rounds = await InterleavedRounds.RunAsync(arena.Length, contenders, ct);
            return [.. rounds.Skip(1).Select(many => Compare(many, rounds[0]))];
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    private FigureRow Compare(Series many, Series few) =>
        FigureRow.Compared(Id, $"verify with {many.Name} ÷ with {Few:N0}, {Connections} connections", many, few, Goal);

    private static IEnumerable<int> Sizes(LoadOptions options) =>
        Many.Take(options.Growth ? 3 : options.Quick ? 1 : 2);

    private static async Task<Contender> FillAsync(Peer server, int count, CancellationToken ct)
    {
        var machines = new MachinePool(count);
        await RegisterMachines.RunAsync(server.EndPoint, machines, ct);
        var turns = machines.Share(count, Connections);
        return new ConversationContender($"{count:N0} machines", server, turns.Select(own => new VerifyMachines(own)));
    }
}
