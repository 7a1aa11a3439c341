using Repository.Api.Hosting.Callers;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Cluster;

/// <summary>A join token: who presents it may enter one node, and nothing else. One that is used or expired is like one that never was.</summary>
internal sealed class JoinTokenCredential(Database database, TimeProvider clock) : ICredential
{
    public ValueTask<Caller?> RecognizeAsync(string presented, CancellationToken ct) =>
        PlainJoinToken.TryParse(presented, out var token) ? FindAsync(token.Hash, ct) : default;

    private async ValueTask<Caller?> FindAsync(byte[] hash, CancellationToken ct) =>
        await database.HasJoinTokenAsync(hash, clock.GetUtcNow(), ct) ? Caller.JoinToken(hash) : null;
}
