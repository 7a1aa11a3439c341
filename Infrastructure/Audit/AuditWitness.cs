using Microsoft.Extensions.Logging;
using Repository.Domain.Audit;
using Repository.Domain.Cluster;

namespace Repository.Infrastructure.Audit;

/// <summary>
/// Compares the audit log with the heads that were signed of it: a log that no longer holds one of them has lost rows, or is another one,
/// however whole it looks by itself.
/// </summary>
internal sealed partial class AuditWitness(AuditTrail trail, AuditMemory memory, PeerHeads peers, TimeProvider clock, ILogger<AuditWitness> logger)
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private DateTimeOffset _silentUntil = DateTimeOffset.MinValue;

    /// <returns>Whether the log holds what this node and those connected to it remember. If not, the log file says so as well.</returns>
    public async Task<bool> IsWholeAsync(CancellationToken ct)
    {
        var heads = peers.Current;
        foreach (var head in memory.Last is { } own ? heads.Prepend(own) : heads)
        {
            if (!await trail.HoldsAsync(AuditMark.Of(head), ct))
            {
                Tell(head);
                return false;
            }
        }

        return true;
    }

    private void Tell(CountersignedHead head)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (now < _silentUntil)
            {
                return;
            }

            _silentUntil = now + LogInterval;
        }

        LogLost(logger, head.Sequence, head.NodeId, head.Date);
    }

    [LoggerMessage(
        LogLevel.Critical,
        "The audit log has lost rows: it no longer holds the entry with sequence {Sequence} that node {NodeId} signed on {Date:O}. After a restore that was meant, "
        + "see docs/operation.md")]
    private static partial void LogLost(ILogger logger, long sequence, NodeId nodeId, DateTimeOffset date);
}
