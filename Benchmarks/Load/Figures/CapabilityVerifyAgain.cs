using Repository.Benchmarks.Load.Baseline;
using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Contenders;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Issuing;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>P3: the same capability file again, its signature remembered and all else read anew, beside a bare application.</summary>
internal sealed class CapabilityVerifyAgain : IFigure
{
    private const int Connections = 64;
    private const string What = "the same capability file again, its signature remembered ÷ bare `POST /echo` of 1 KiB, 64 connections";
    private static readonly Goal Goal = new(0.50, 0.65);

    public string Id => "P3";

    public async Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct)
    {
        var repository = await arena.RepositoryAsync(ct);
        var baseline = await arena.BaselineAsync(ct);
        var issuer = await Issuer.RegisterAsync(repository.EndPoint, ct);
        var echo = HttpRequest.Post("/echo", EchoMessage.Json());
        var rounds = await InterleavedRounds.RunAsync(
            arena.Length,
            [
                new ConversationContender("verify", repository, VerifyCapabilities.Share(issuer.Sign(1, seats: 1), Connections)),
                ConversationContender.Same("bare `POST /echo`", baseline, echo, Connections),
            ],
            ct);
        return [FigureRow.Compared(Id, What, rounds[0], rounds[1], Goal)];
    }
}
