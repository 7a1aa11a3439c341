using Repository.Domain.Audit;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Cluster;

/// <summary>
/// Keeps this node's row at what the node says of itself: signed anew when its name or an endpoint has changed, and only then. A disabled
/// node changes nothing.
/// </summary>
internal sealed class NodePublication(NodeDescription self, NodeDirectory directory, IWriteQueue writes, AuditLog audit)
{
    /// <summary>Notes where a port listens, once it does, and publishes that.</summary>
    /// <param name="publicEndpoint">The public port, or null where that is not what has changed.</param>
    /// <param name="clusterEndpoint">The private port, or null where that is not what has changed.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task PublishAsync(MemberEndpoint? publicEndpoint, MemberEndpoint? clusterEndpoint, CancellationToken ct)
    {
        self.Note(publicEndpoint, clusterEndpoint);
        var descriptor = self.Describe();
        if (directory.Self is { } known && IsPublished(known, descriptor))
        {
            return;
        }

        await writes.ExecuteAsync(new Publish(descriptor, self.Sign(descriptor), audit), ct);
        await directory.RefreshAsync(ct);
    }

    private static bool IsPublished(Node known, MemberDescriptor descriptor) =>
        known.Descriptor.ToSignedBytes().AsSpan().SequenceEqual(descriptor.ToSignedBytes()) && descriptor.IsSignedWith(known.DigSig);

    private sealed class Publish(MemberDescriptor descriptor, byte[] digSig, AuditLog audit) : WriteOperation<bool>
    {
        public override async ValueTask<bool> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
        {
            var published = await transaction.DescribeNodeAsync(descriptor, digSig, ct);
            if (published)
            {
                await audit.AppendAsync(transaction, new AuditEvent("server", "node-changed", descriptor.NodeId.ToString()), ct);
            }

            return published;
        }
    }
}
