using Repository.Benchmarks.Load.Baseline;
using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Contenders;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>P7: durable machine verify beside a bare application that keeps nothing.</summary>
internal sealed class MachineVerifyBesideEcho : IFigure
{
    private const int Connections = 64;
    private const string What = "durable machine verify ÷ bare `POST /echo` of 1 KiB, which keeps nothing, 64 connections";
    private static readonly Goal Goal = new(0.40, 0.65);

    public string Id => "P7";

    public async Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct)
    {
        var repository = await arena.RepositoryAsync(ct);
        var baseline = await arena.BaselineAsync(ct);
        var machines = await arena.MachinesAsync(ct);
        var echo = HttpRequest.Post("/echo", EchoMessage.Json());
        var turns = machines.Share(Connections, Connections);
        var rounds = await InterleavedRounds.RunAsync(
            arena.Length,
            [
                new ConversationContender("verify", repository, turns.Select(own => new VerifyMachines(own))),
                ConversationContender.Same("bare `POST /echo`", baseline, echo, Connections),
            ],
            ct);
        return [FigureRow.Compared(Id, What, rounds[0], rounds[1], Goal)];
    }
}
