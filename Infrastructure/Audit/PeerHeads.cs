using System.Collections.Concurrent;
using Repository.Domain.Audit;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Cluster;

namespace Repository.Infrastructure.Audit;

/// <summary>
/// The audit head that each other node said it signed last, in memory: a node says it again with each connection. So a log that one node
/// remembers otherwise is found out by those too that remember nothing.
/// </summary>
internal sealed class PeerHeads(NodeDirectory directory)
{
    private readonly ConcurrentDictionary<NodeId, CountersignedHead> _heads = new();

    private int _revision;

    /// <summary>Of the nodes that are active now.</summary>
    public IEnumerable<CountersignedHead> Current => _heads.Values.Where(head => directory.Find(head.NodeId) is { IsActive: true });

    /// <summary>Grows with every head that is heard.</summary>
    public int Revision => Volatile.Read(ref _revision);

    /// <summary>Notes a head whose signature was verified.</summary>
    public void Hear(CountersignedHead head)
    {
        _heads[head.NodeId] = head;
        Interlocked.Increment(ref _revision);
    }
}
