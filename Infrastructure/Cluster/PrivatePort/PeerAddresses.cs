using System.Collections.Concurrent;
using System.Net;
using Repository.Domain.Cluster;

namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>Where other nodes are reached: where they announced themselves lately, or else where they said when they were admitted.</summary>
internal sealed class PeerAddresses(NodeDirectory directory, HandshakeGate gate, TimeProvider clock)
{
    /// <summary>How long an announcement goes before the directory: six of them may be lost.</summary>
    public static readonly TimeSpan AnnouncementLifetime = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<NodeId, Announcement> _announced = new();

    /// <returns>Nulls for a node that is no active member any more, or has no private port.</returns>
    public (Node? Node, MemberEndpoint? Endpoint) Find(NodeId id)
    {
        if (directory.Find(id) is not { IsActive: true } node)
        {
            return (null, null);
        }

        return _announced.TryGetValue(id, out var announced) && clock.GetUtcNow() - announced.Date <= AnnouncementLifetime
            ? (node, announced.Endpoint)
            : node.HasPrivatePort ? (node, node.ClusterEndpoint) : (null, null);
    }

    /// <summary>Notes what a member announced; what is older than what it announced before is left out.</summary>
    public void Announced(NodeId id, MemberEndpoint endpoint, DateTimeOffset date) => _announced.AddOrUpdate(
        id,
        static (_, now) => now,
        static (_, before, now) => now.Date >= before.Date ? now : before,
        new Announcement(endpoint, date));

    /// <summary>Notes that a member's address is at this one: a flood from elsewhere does not keep it from calling this node.</summary>
    public void Met(IPAddress? address) => gate.Remember(address);

    private sealed record Announcement(MemberEndpoint Endpoint, DateTimeOffset Date);
}
