using Microsoft.Extensions.Logging;
using Repository.Infrastructure.Background;

namespace Repository.Infrastructure.Audit;

/// <summary>Has the audit log's head signed by this node, on every node: the more remember it, the fewer rows can be cut off unseen.</summary>
internal sealed class Countersigner(
    Countersigning countersigning,
    CountersignSchedule schedule,
    JobTurns turns,
    TimeProvider clock,
    ILogger<Countersigner> logger) : PeriodicJob(TimeSpan.FromSeconds(1), turns, clock, logger)
{
    internal override Task RunOnceAsync(CancellationToken ct) => countersigning.ExecuteAsync(ct);

    protected override ValueTask<bool> IsMyTurnAsync(CancellationToken ct) => new(schedule.TakeTurn());
}
