using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Contenders;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>P0: what this load generator costs by itself. It shares the cores with what it measures, so it is compared with wrk.</summary>
internal sealed class ClientCost : IFigure
{
    private const int Connections = 64;
    private const string What = "this client on bare `GET /hello` ÷ `wrk` on the same, 64 connections";

    public string Id => "P0";

    public bool IsInQuickRun => false;

    public async Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct)
    {
        if (Command.Find(WrkContender.Program) is null)
        {
            return [FigureRow.Skipped(Id, What, "`wrk` is not installed")];
        }

        var baseline = await arena.BaselineAsync(ct);
        var rounds = await InterleavedRounds.RunAsync(
            arena.Length,
            [
                ConversationContender.Same("this client", baseline, HttpRequest.Get("/hello"), Connections),
                new WrkContender("wrk", baseline.EndPoint, "/hello", Connections),
            ],
            ct);
        var row = FigureRow.Compared(Id, What, rounds[0], rounds[1], goal: null);
        return [row with { Measured = $"{row.Measured}{Cost(rounds[0])}", Against = $"{row.Against}{Cost(rounds[1])}" }];
    }

    private static string Cost(Series series) => $"; {series.ClientMicroseconds:0.0} µs of client CPU an answer";
}
