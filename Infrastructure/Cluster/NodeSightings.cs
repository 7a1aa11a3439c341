using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Cluster;

/// <summary>Writes down that this node serves: one row, at most once every <see cref="NodeWatch.SeenInterval"/>, whatever the requests.</summary>
internal sealed class NodeSightings(NodeDirectory directory, NodeIdentity identity, IWriteQueue writes, TimeProvider clock)
{
    public async Task NoteAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (directory.Self is { IsActive: true } self && !(now - self.LastSeenDate < NodeWatch.SeenInterval))
        {
            await writes.ExecuteAsync(new See(identity, now), ct);
        }
    }

    private sealed class See(NodeIdentity identity, DateTimeOffset now) : WriteOperation<bool>
    {
        public override bool IsSingleStatement => true;

        public override ValueTask<bool> ExecuteAsync(WriteTransaction transaction, CancellationToken ct) => transaction.SeeNodeAsync(identity.Id, now, ct);
    }
}
