using Microsoft.Extensions.Logging;
using Repository.Domain.Audit;
using Repository.Domain.Cluster;
using Repository.Domain.Cluster.PrivatePort;
using Repository.Infrastructure.Audit;

namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>
/// What this node says over a connection that it opened: that it is there, every <see cref="KeepAliveInterval"/>; which audit head it signed,
/// as soon as it did; and how the other one sees the cluster, now and then.
/// </summary>
internal sealed partial class PeerConversation(
    PeerCall call,
    PeerSightings sightings,
    NodeDirectory directory,
    AuditMemory memory,
    ILogger<PeerConversation> logger)
{
    public static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(5);

    /// <summary>One in so many times the other is asked for its view: once a minute.</summary>
    private const int AskClusterEach = 12;

    /// <summary>Goes on until the other side is gone or answers wrongly.</summary>
    public async Task ExecuteAsync(MemberChannel channel, Node peer, TimeProvider clock, CancellationToken ct)
    {
        CountersignedHead? told = null;
        for (ulong n = 0; ; n++)
        {
            if (await call.AskAsync(channel, new ClusterMessage.KeepAlive(n), ct) is not ClusterMessage.Ack { N: { } acknowledged } || acknowledged != n)
            {
                return;
            }

            sightings.Note(peer.Id);
            if (n % AskClusterEach == 0 && !await CompareAsync(channel, peer, ct))
            {
                return;
            }

            // Taken before it is told, or a head that is signed meanwhile would wait for the next one.
            var next = memory.NextChange;
            if (memory.Last is { } head && head != told)
            {
                if (await call.AskAsync(channel, new ClusterMessage.AuditHead(head), ct) is not ClusterMessage.Ack)
                {
                    return;
                }

                told = head;
            }

            await WaitAsync(next, clock, ct);
        }
    }

    private static async Task WaitAsync(Task next, TimeProvider clock, CancellationToken ct)
    {
        try
        {
            await next.WaitAsync(KeepAliveInterval, clock, ct);
        }
        catch (TimeoutException)
        {
            // Nothing new to say.
        }
    }

    /// <summary>Nodes of one database see the same nodes, give or take a second. Where they do not, somebody has changed what one of them reads.</summary>
    private async Task<bool> CompareAsync(MemberChannel channel, Node peer, CancellationToken ct)
    {
        if (await call.AskAsync(channel, new ClusterMessage.GetCluster(), ct) is not ClusterMessage.ClusterMembers { Members: var members })
        {
            return false;
        }

        foreach (var member in members)
        {
            var here = directory.Find(member.Descriptor.NodeId);
            if (!member.Descriptor.IsSignedWith(member.DigSig) || !member.Descriptor.HasPossibleId)
            {
                LogForged(peer.Id, member.Descriptor.NodeId);
            }
            else if (here is null)
            {
                LogUnknown(peer.Id, member.Descriptor.NodeId);
            }
        }

        return true;
    }

    [LoggerMessage(LogLevel.Warning, "Node {Peer} shows a node {NodeId} whose member signature does not verify")]
    private partial void LogForged(NodeId peer, NodeId nodeId);

    [LoggerMessage(LogLevel.Warning, "Node {Peer} shows a node {NodeId} that is not in this node's database")]
    private partial void LogUnknown(NodeId peer, NodeId nodeId);
}
