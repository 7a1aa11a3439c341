using System.Security.Cryptography;
using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Contenders;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Issuing;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>
/// P4: JWTs issued and checked, through HTTP and by the server's own code alone, beside bare ES256 by as many threads as there are cores. The
/// goal is of the code alone. A server that remembers no token computes every check; one row shows what remembering brings.
/// </summary>
internal sealed class TokenRates : IFigure
{
    private const int Connections = 64;
    private const int Tokens = 256;
    private const int LifetimeSeconds = 86_400; // Longer than any run.
    private const int DataBytes = 512; // As long as a token is before its signature.
    private static readonly Goal IssueGoal = new(15_000, 25_000, "/s");
    private static readonly Goal CheckGoal = new(12_000, 20_000, "/s");
    private static readonly string Threads = $"{Environment.ProcessorCount} threads";

    public string Id => "P4";

    public async Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct)
    {
        await using var code = await ServerInProcess.StartAsync(arena.Workspace, ct);
        var tokens = new TokenWork(code, Tokens);
        var settings = new RepositoryServerSettings { VerifiedTokens = 0 };
        var data = arena.Workspace.NewDirectory("data");
        await using var server = await RepositoryServer.StartAsync(arena.Workspace, arena.Server, data, settings, ct);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return
        [
            .. await MeasureIssueAsync(arena, server, tokens, key, ct),
            .. await MeasureCheckAsync(arena, server, tokens, key, ct),
        ];
    }

    private async Task<IReadOnlyList<FigureRow>> MeasureIssueAsync(Arena arena, Peer server, TokenWork tokens, ECDsa key, CancellationToken ct)
    {
        var resource = await CreateAsync(server, ct);
        var data = RandomNumberGenerator.GetBytes(DataBytes);
        var rounds = await InterleavedRounds.RunAsync(
            arena.Length,
            [
                ConversationContender.Same("issue", server, resource.PostJwt(LifetimeSeconds), Connections),
                new ComputationContender("issue in process", _ => tokens.Sign()),
                new ComputationContender($"bare ES256 signatures, {Threads}", _ => key.SignData(data, HashAlgorithmName.SHA256)),
            ],
            ct);
        return
        [
            FigureRow.Compared(Id, $"JWT issued by `POST /v1/resources/{{guid}}/jwt`, {Connections} connections ÷ bare ES256", rounds[0], rounds[2], goal: null),
            FigureRow.Compared(Id, $"JWT issued in process, {Threads}: the server's signer ÷ bare ES256", rounds[1], rounds[2], goal: null)
                .JudgedBy(IssueGoal, rounds[1].PerSecond),
        ];
    }

    private async Task<IReadOnlyList<FigureRow>> MeasureCheckAsync(Arena arena, Peer server, TokenWork tokens, ECDsa key, CancellationToken ct)
    {
        var resource = await CreateAsync(server, ct);
        var repository = await arena.RepositoryAsync(ct);
        var session = await OpenSessionAsync(repository, ct);
        var data = RandomNumberGenerator.GetBytes(DataBytes);
        var signature = key.SignData(data, HashAlgorithmName.SHA256);
        var rounds = await InterleavedRounds.RunAsync(
            arena.Length,
            [
                new ConversationContender("check", server, IntrospectTokens.Share(await IssueAsync(server, resource, ct), Connections)),
                new ComputationContender("check in process", tokens.Verify),
                new ComputationContender($"bare ES256 verifications, {Threads}", _ => key.VerifyData(data, signature, HashAlgorithmName.SHA256)),
                ConversationContender.Same("credential", repository, HttpRequest.Get("/health/live", session), Connections),
                ConversationContender.Same("bare `GET /hello`", await arena.BaselineAsync(ct), HttpRequest.Get("/hello"), Connections),
            ],
            ct);
        return
        [
            FigureRow.Compared(
                Id,
                $"JWT checked by `POST /v1/tokens/introspect`, {Tokens} tokens, none remembered: each verified, its revocation read, {Connections} connections ÷ bare ES256",
                rounds[0],
                rounds[2],
                goal: null),
            FigureRow.Compared(Id, $"JWT checked in process, {Threads}: the server's verifier, no token remembered ÷ bare ES256", rounds[1], rounds[2], goal: null)
                .JudgedBy(CheckGoal, rounds[1].PerSecond),
            FigureRow.Compared(
                Id,
                $"session JWT checked as bearer of `GET /health/live`: its signature remembered, its session read, {Connections} connections ÷ bare `GET /hello`",
                rounds[3],
                rounds[4],
                goal: null),
        ];
    }

    private static async Task<ResourceInstance> CreateAsync(Peer server, CancellationToken ct) =>
        await ResourceInstance.CreateAsync(server.EndPoint, await OpenSessionAsync(server, ct), ct);

    private static async Task<string> OpenSessionAsync(Peer server, CancellationToken ct) =>
        await Handshake.OpenSessionAsync(server.EndPoint, await KeyHolder.RegisterAsync(server.EndPoint, ct), ct);

    private static async Task<IReadOnlyList<string>> IssueAsync(Peer server, ResourceInstance resource, CancellationToken ct)
    {
        var requests = Enumerable.Range(0, Tokens).Select(_ => new OneRequest(resource.PostJwt(LifetimeSeconds))).ToList();
        await LoadGenerator.CompleteAsync(server.EndPoint, requests, ct);
        return [.. requests.Select(request => JsonMember.Text(request.Body, "token"u8))];
    }
}
