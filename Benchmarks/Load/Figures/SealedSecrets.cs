using System.Net.Sockets;
using Repository.Benchmarks.Load.Contenders;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Issuing;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;
using Repository.Benchmarks.Load.Reporting;
using Repository.Domain.Cryptography;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>P5: sealed answers of the coffer beside the box alone; the TCP dialects beside it, and what connections take that say nothing.</summary>
internal sealed class SealedSecrets : IFigure
{
    private const int Connections = 64;
    private const int IdleConnections = 1_000;
    private const int AnswerBytes = 1024;
    private const double BytesPerKibibyte = 1024;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);
    private static readonly Goal Goal = new(0.33, 0.40);

    public string Id => "P5";

    public async Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct)
    {
        var settings = new RepositoryServerSettings { CofferEndPoint = LoopbackPort.Free() };
        var data = arena.Workspace.NewDirectory("data");
        await using var server = await RepositoryServer.StartAsync(arena.Workspace, arena.Server, data, settings, ct);
        var clients = await CofferClient.DefineAsync(server.EndPoint, Connections, ct);
        var frames = server with { EndPoint = settings.CofferEndPoint };
        var idle = await MeasureIdleAsync(frames, clients, ct);
        using var pair = X25519PrivateKey.Draw();
        var raw = $"`crypto_box` of 1 KiB alone, {Environment.ProcessorCount} threads";

        var rounds = await InterleavedRounds.RunAsync(
            arena.Length,
            [
                new ConversationContender("HTTP", server, clients.Select(client => new FetchSecrets(client))),
                new ComputationContender(raw, _ => SealOne(pair, clients[0].PublicKey)),
                new ConversationContender("design", frames, clients.Select(client => new GetFrames(client, isClassic: false))),
                new ConversationContender("classic", frames, clients.Select(client => new GetFrames(client, isClassic: true))),
            ],
            ct);
        var beside = $"÷ {raw}, {Connections} connections";
        return
        [
            FigureRow.Compared(Id, $"sealed answer of 10 typed values, 1 KiB, over HTTP: opened, spent durably, boxed {beside}", rounds[0], rounds[1], Goal),
            FigureRow.Compared(Id, $"the same shard over TCP, *design* dialect, the key agreed on once a connection {beside}", rounds[2], rounds[1], goal: null),
            FigureRow.Compared(Id, $"the same over TCP, *classic* dialect, a sealed box each {beside}", rounds[3], rounds[1], goal: null),
            idle,
        ];
    }

    /// <summary>What the server does for each answer, and nothing else: agree on a key and box with it.</summary>
    private static void SealOne(X25519PrivateKey pair, byte[] client)
    {
        using var box = CryptoBox.Agree(pair, client);
        Span<byte> answer = stackalloc byte[CryptoBox.Overhead + AnswerBytes];
        box.SealInPlace(answer);
    }

    private async Task<FigureRow> MeasureIdleAsync(Peer frames, IReadOnlyList<CofferClient> clients, CancellationToken ct)
    {
        await Task.Delay(Settling, ct);
        var before = frames.Process.ResidentBytes();
        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i < IdleConnections; i++)
            {
                var socket = new Socket(frames.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                await socket.ConnectAsync(frames.EndPoint, ct);
                await socket.SendAsync(new GetFrames(clients[i % clients.Count], isClassic: false).NextRequest(), ct);
            }

            await Task.Delay(Settling, ct);
            var each = (frames.Process.ResidentBytes() - before) / BytesPerKibibyte / IdleConnections;
            return FigureRow.Absolute(Id, $"resident memory added by each of {IdleConnections:N0} TCP connections that said Hello and wait", Spread.Of([each]), goal: null, " KiB", "–");
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }
}
