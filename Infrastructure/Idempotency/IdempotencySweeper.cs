using Microsoft.Extensions.Logging;
using Repository.Infrastructure.Background;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Idempotency;

/// <summary>Removes answers whose day is over.</summary>
internal sealed class IdempotencySweeper(IWriteQueue writes, JobTurns turns, TimeProvider clock, ILogger<IdempotencySweeper> logger)
    : Sweeper(AdvisoryLock.AnswerSweep, writes, turns, clock, logger)
{
    private static readonly Statement Delete = DeleteExpired("idempotency", "scope");

    private readonly TimeProvider _clock = clock;

    internal override Task RunOnceAsync(CancellationToken ct) => SweepAsync(Delete, _clock.GetUtcNow(), ct);
}
