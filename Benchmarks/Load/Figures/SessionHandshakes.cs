using Repository.Benchmarks.Load.Contenders;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Issuing;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>An extra without a goal: handshakes beside their cryptography alone, and the time that refused ones take.</summary>
internal sealed class SessionHandshakes : IFigure
{
    private const int Connections = 32;

    public string Id => "SESSION";

    public async Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct)
    {
        var data = arena.Workspace.NewDirectory("data");
        await using var server = await RepositoryServer.StartAsync(arena.Workspace, arena.Server, data, ct);
        return [await MeasureHandshakesAsync(arena, server, ct), await RefusalTimes.MeasureAsync(Id, arena, server, ct)];
    }

    private async Task<FigureRow> MeasureHandshakesAsync(Arena arena, Peer server, CancellationToken ct)
    {
        using var cryptography = new HandshakeCryptography();
        var users = new List<KeyHolder>();
        for (var connection = 0; connection < Connections; connection++)
        {
            users.Add(await KeyHolder.RegisterAsync(server.EndPoint, ct));
        }

        var rounds = await InterleavedRounds.RunAsync(
            arena.Length,
            [
                new ConversationContender("handshake", server, users.Select(user => new OpenSessions(user))),
                new ComputationContender(
                    $"its cryptography alone, {Environment.ProcessorCount} threads (X25519 ×2, Ed25519 verified, ES256 signed ×2, a seal)",
                    _ => cryptography.Compute()),
            ],
            ct);
        var what = $"handshake by X25519 of an Ed25519 user: challenge and session, durable, {Connections} connections ÷ its cryptography";
        var row = FigureRow.Compared(Id, what, rounds[0], rounds[1], goal: null);
        return row with { Measured = $"{row.Measured}; {rounds[0].ClientMicroseconds:0} µs of client CPU a handshake, which signs" };
    }
}
