using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Repository.Infrastructure.Background;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Idempotency;

/// <summary>Removes answers whose day is over, a bounded number at a time. Every node sweeps; sweeping twice does no harm.</summary>
internal sealed class IdempotencySweeper(IWriteQueue writes, TimeProvider clock, ILogger<IdempotencySweeper> logger)
    : PeriodicJob(TimeSpan.FromMinutes(1), clock, logger)
{
    private const int RowsPerWrite = 500;
    private const int WritesPerRound = 20;

    private readonly TimeProvider _clock = clock;

    internal override async Task RunOnceAsync(CancellationToken ct)
    {
        for (var i = 0; i < WritesPerRound; i++)
        {
            if (await writes.ExecuteAsync(new DeleteExpired(_clock.GetUtcNow()), ct) < RowsPerWrite)
            {
                return;
            }
        }
    }

    private sealed class DeleteExpired(DateTimeOffset now) : WriteOperation<int>
    {
        public override async ValueTask<int> ExecuteAsync(WriteTransaction transaction, CancellationToken ct) =>
            await transaction.Db.Database.ExecuteSqlAsync(
                $"""
                 DELETE FROM idempotency WHERE scope IN
                 (SELECT scope FROM idempotency WHERE expires_date <= {now.UtcTicks} ORDER BY expires_date LIMIT {RowsPerWrite})
                 """,
                ct);
    }
}
