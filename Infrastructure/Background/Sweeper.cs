using Microsoft.Extensions.Logging;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Background;

/// <summary>
/// Removes rows that nobody needs any more: so many a write and so many writes a round. One node sweeps at a time, which spares the others the
/// work; sweeping twice would do no harm.
/// </summary>
internal abstract class Sweeper(AdvisoryLock key, IWriteQueue writes, JobTurns turns, TimeProvider clock, ILogger logger)
    : PeriodicJob(TimeSpan.FromMinutes(1), turns, clock, logger, key)
{
    /// <summary>How many rows a write removes at the most.</summary>
    protected const int RowsPerWrite = 500;

    /// <summary>How many writes a round makes at the most.</summary>
    protected virtual int WritesPerRound => 20;

    /// <summary>The statement that removes rows whose <c>expires_date</c> is <c>$1</c> or earlier, the oldest first.</summary>
    protected static Statement DeleteExpired(string table, string key) => new(
        $"DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM {table} WHERE expires_date <= $1 ORDER BY expires_date LIMIT {RowsPerWrite})");

    /// <summary>Removes what has expired, with a statement of <see cref="DeleteExpired"/>.</summary>
    protected Task SweepAsync(Statement deleteExpired, DateTimeOffset until, CancellationToken ct) =>
        SweepAsync(new Expired(deleteExpired, until), ct);

    /// <summary>Repeats a write that removes up to <see cref="RowsPerWrite"/> rows and says how many, until there are no more or the round is full.</summary>
    protected async Task SweepAsync(WriteOperation<int> delete, CancellationToken ct)
    {
        for (var i = 0; i < WritesPerRound && await writes.ExecuteAsync(delete, ct) == RowsPerWrite; i++)
        {
            // There may be more.
        }
    }

    private sealed class Expired(Statement delete, DateTimeOffset until) : WriteOperation<int>
    {
        public override bool IsSingleStatement => true;

        public override ValueTask<int> ExecuteAsync(WriteTransaction transaction, CancellationToken ct) =>
            transaction.ExecuteAsync(delete, [SqlValue.Of(until)], ct);
    }
}
