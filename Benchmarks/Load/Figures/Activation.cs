using System.Text;
using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Contenders;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Issuing;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>
/// An extra without a goal: activation beside machine verify, the other durable write. Every activation is of a machine that has no
/// seat yet and so writes; one of a seat that is held reads and signs a token.
/// </summary>
internal sealed class Activation : IFigure
{
    private const int Connections = 32;
    private const int Capabilities = 64;
    private const int Seats = 1_000_000;
    private const string Beside = "÷ durable machine verify, 32 connections";

    public string Id => "SEAT";

    public async Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct)
    {
        var data = arena.Workspace.NewDirectory("data");
        await using var server = await RepositoryServer.StartAsync(arena.Workspace, arena.Server, data, ct);
        var issuer = await Issuer.RegisterAsync(server.EndPoint, ct);
        var machines = new MachinePool(arena.Options.ManyMachines);
        await RegisterMachines.RunAsync(server.EndPoint, machines, ct);

        var rounds = await InterleavedRounds.RunAsync(
            arena.Length,
            [
                New("a new seat each", issuer, server, machines, isSpread: true),
                New("all under one capability", issuer, server, machines, isSpread: false),
                await HeldAsync(issuer, server, machines, ct),
                new ConversationContender("machine verify", server, Turns(machines).Select(own => new VerifyMachines(own))),
            ],
            ct);
        return
        [
            Row($"activation: a new seat each, under {Capabilities} capabilities in turn", rounds[0], rounds[3]),
            Row($"activation: a new seat each, under one capability until all of {machines.Count:N0} machines hold one", rounds[1], rounds[3]),
            Row("activation of a seat that is held: a read and a token, nothing durable", rounds[2], rounds[3]),
        ];
    }

    private FigureRow Row(string what, Series activation, Series verify) =>
        FigureRow.Compared(Id, $"{what} {Beside}", activation, verify, goal: null);

    private static ConversationContender New(string name, Issuer issuer, Peer server, MachinePool machines, bool isSpread) =>
        new(name, server, ActivateSeats.Share(issuer.Sign(Capabilities, Seats), Turns(machines), isSpread));

    private static async Task<Contender> HeldAsync(Issuer issuer, Peer server, MachinePool machines, CancellationToken ct)
    {
        var capability = issuer.Sign(1, Seats)[0];
        var requests = Enumerable.Range(0, Connections)
            .Select(machine => ActivateSeats.Request(capability, Encoding.ASCII.GetString(machines.Hash(machine))))
            .ToList();
        await LoadGenerator.CompleteAsync(server.EndPoint, [.. requests.Select(request => new OneRequest(request, status: 201))], ct);
        return new ConversationContender("held", server, requests.Select(request => new SameRequest(request)));
    }

    private static IEnumerable<MachineTurns> Turns(MachinePool machines) => machines.Share(machines.Count, Connections);
}
