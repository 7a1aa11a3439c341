using System.Collections.Concurrent;
using Repository.Domain.Cluster;

namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>When this node last heard a message of each other node that proved itself, over either connection.</summary>
internal sealed class PeerSightings(TimeProvider clock)
{
    private readonly ConcurrentDictionary<NodeId, DateTimeOffset> _seen = new();

    public void Note(NodeId node) => _seen[node] = clock.GetUtcNow();

    /// <returns>Null when it was not heard since this process started.</returns>
    public DateTimeOffset? Find(NodeId node) => _seen.TryGetValue(node, out var date) ? date : null;
}
