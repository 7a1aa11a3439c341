using Microsoft.Extensions.Logging;
using Repository.Infrastructure.Background;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Coffer;

/// <summary>Forgets requests that can be fresh no longer, whichever node's clock is asked.</summary>
internal sealed class SpentRequestSweeper(IWriteQueue writes, JobTurns turns, TimeProvider clock, ILogger<SpentRequestSweeper> logger)
    : Sweeper(AdvisoryLock.CofferRequestSweep, writes, turns, clock, logger)
{
    /// <summary>How far the clocks of two nodes may be apart: what one forgot must not be fresh at the other.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private static readonly Statement Delete = DeleteExpired("coffer_requests", "request_hash");

    private readonly TimeProvider _clock = clock;

    /// <summary>Up to a million rows a minute: every request leaves one, so that it must keep up with more than a server can answer.</summary>
    protected override int WritesPerRound => 2_000;

    internal override Task RunOnceAsync(CancellationToken ct) => SweepAsync(Delete, _clock.GetUtcNow() - ClockTolerance, ct);
}
