using Repository.Domain.Audit;
using Repository.Infrastructure.Cluster;

namespace Repository.Infrastructure.Audit;

/// <summary>Signs a head that this node has verified. It is durable in the node's own directory before anybody else sees it.</summary>
internal sealed class HeadSigning(AuditMemory memory, CountersignatureTable table, NodeIdentity identity, TimeProvider clock)
{
    private CountersignedHead? _published;

    /// <summary>Signs and publishes a head, where it is not the last one that was.</summary>
    public async Task ExecuteAsync(AuditMark head, CancellationToken ct)
    {
        if (memory.Last is not { } last || last.Sequence != head.Sequence || last.NodeId != identity.Id)
        {
            last = CountersignedHead.Sign(identity.Id, head.Sequence, head.Hash, clock.GetUtcNow(), data => identity.Sign(data));
            memory.Keep(last);
        }

        // After a start it may be that the last one was kept and not published any more.
        if (_published != last)
        {
            await table.PublishAsync(last, ct);
            _published = last;
        }
    }
}
