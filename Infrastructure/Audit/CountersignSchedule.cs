using Microsoft.Extensions.Options;
using Repository.Infrastructure.Cluster;

namespace Repository.Infrastructure.Audit;

/// <summary>
/// When this node looks at the audit log's head: every <c>Audit:CountersignInterval</c>, and when another node has told which one it signed.
/// A node that does not serve signs nothing.
/// </summary>
internal sealed class CountersignSchedule(ServingState serving, PeerHeads peers, IOptions<AuditOptions> options, TimeProvider clock)
{
    private DateTimeOffset _nextDate = clock.GetUtcNow() + options.Value.CountersignInterval;
    private int _heard;

    /// <summary>Whether it is time; then the next time is counted from now.</summary>
    public bool TakeTurn()
    {
        var (now, revision) = (clock.GetUtcNow(), peers.Revision);
        if (!serving.IsServing || (now < _nextDate && revision == _heard))
        {
            return false;
        }

        (_nextDate, _heard) = (now + options.Value.CountersignInterval, revision);
        return true;
    }
}
