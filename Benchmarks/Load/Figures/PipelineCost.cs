using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Contenders;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>P1: what the whole pipeline adds to a bare answer.</summary>
internal sealed class PipelineCost : IFigure
{
    private const int Connections = 64;
    private static readonly Goal Goal = new(0.80, 0.90);

    public string Id => "P1";

    public async Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct)
    {
        var repository = await arena.RepositoryAsync(ct);
        var baseline = await arena.BaselineAsync(ct);
        var rounds = await InterleavedRounds.RunAsync(
            arena.Length,
            [
                ConversationContender.Same("`GET /health/live`", repository, HttpRequest.Get("/health/live"), Connections),
                ConversationContender.Same("bare `GET /hello`", baseline, HttpRequest.Get("/hello"), Connections),
            ],
            ct);
        return [FigureRow.Compared(Id, "`GET /health/live` ÷ bare `GET /hello`, 64 connections", rounds[0], rounds[1], Goal)];
    }
}
