using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Cluster;

/// <summary>Brings this node to its place among the nodes of its database before anything is served: active, waiting or disabled.</summary>
internal sealed class NodeAdmission(NodeDescription self, NodeDirectory directory, IWriteQueue writes, AuditLog audit, TimeProvider clock)
{
    /// <exception cref="StartRefusedException">Its settings do not match those of the nodes that serve, or a key of the deployment is not what it was.</exception>
    public async Task ExecuteAsync(CancellationToken ct)
    {
        if (await writes.ExecuteAsync(new StartNode(self.Start(), clock.GetUtcNow(), audit), ct) is { } mismatch)
        {
            throw new StartRefusedException(mismatch);
        }

        await directory.RefreshAsync(ct);
    }
}
