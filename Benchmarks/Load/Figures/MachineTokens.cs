using Repository.Benchmarks.Load.Baseline;
using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Contenders;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Issuing;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>An extra without a goal: machine tokens of a window that has its key, which is a read, beside a bare application.</summary>
internal sealed class MachineTokens : IFigure
{
    private const int Connections = 64;
    private const string Beside = "÷ bare `POST /echo` of 1 KiB, 64 connections";

    public string Id => "TOKEN";

    public async Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct)
    {
        var repository = await arena.RepositoryAsync(ct);
        var session = await Handshake.OpenSessionAsync(repository.EndPoint, await KeyHolder.RegisterAsync(repository.EndPoint, ct), ct);
        var resource = await ResourceInstance.CreateAsync(repository.EndPoint, session, ct);
        var peer = await ResourceInstance.CreateAsync(repository.EndPoint, session, ct);
        var timecode = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        byte[][] requests = [resource.PostMachineToken(timecode), resource.PostMachineToken(timecode, peer)];
        foreach (var request in requests)
        {
            _ = await OneRequest.AskAsync(repository.EndPoint, request, 200, ct); // The window's first use is a write.
        }

        var rounds = await InterleavedRounds.RunAsync(
            arena.Length,
            [
                ConversationContender.Same("its own", repository, requests[0], Connections),
                ConversationContender.Same("of a pair", repository, requests[1], Connections),
                ConversationContender.Same("bare `POST /echo`", await arena.BaselineAsync(ct), HttpRequest.Post("/echo", EchoMessage.Json()), Connections),
            ],
            ct);
        return
        [
            FigureRow.Compared(Id, $"machine token of a resource, from a window that exists {Beside}", rounds[0], rounds[2], goal: null),
            FigureRow.Compared(Id, $"machine token of a pair, from a window that exists {Beside}", rounds[1], rounds[2], goal: null),
        ];
    }
}
