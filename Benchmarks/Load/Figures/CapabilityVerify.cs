using Repository.Benchmarks.Load.Contenders;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Issuing;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;
using Repository.Benchmarks.Load.Reporting;
using Repository.Domain.Capabilities;
using Repository.Domain.Cryptography;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>
/// P2: capability verify beside the signatures alone, on a server that remembers no signature: each request reads a file, verifies its
/// signature and reads all that it depends on.
/// </summary>
internal sealed class CapabilityVerify : IFigure
{
    private const int Connections = 64;
    private const int Files = 1_000;
    private static readonly Goal Goal = new(0.35, 0.45);

    public string Id => "P2";

    public async Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct)
    {
        var settings = new RepositoryServerSettings { VerifiedSignatures = 0 };
        var data = arena.Workspace.NewDirectory("data");
        await using var server = await RepositoryServer.StartAsync(arena.Workspace, arena.Server, data, settings, ct);
        var issuer = await Issuer.RegisterAsync(server.EndPoint, ct);
        var files = issuer.Sign(Files, seats: 1);
        var raw = $"libsodium alone, {Environment.ProcessorCount} threads";
        var rounds = await InterleavedRounds.RunAsync(
            arena.Length,
            [
                new ConversationContender("verify", server, VerifyCapabilities.Share(files, Connections)),
                new ComputationContender(raw, turn => Verify(issuer.PublicKey, files[turn % files.Count].File)),
            ],
            ct);
        var what = $"capability verify, Ed25519, {Files:N0} files of 1 KiB, no signature remembered ÷ {raw}, {Connections} connections";
        return [FigureRow.Compared(Id, what, rounds[0], rounds[1], Goal)];
    }

    /// <summary>The call that the server makes.</summary>
    private static void Verify(SigningPublicKey key, CapabilityFile file)
    {
        if (!key.Verifies(file.Algorithm, file.SignedBytes, file.Signature.Span))
        {
            throw new InvalidOperationException("A signature of this benchmark's own issuer is not valid.");
        }
    }
}
