using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Repository.Domain.Resources;
using Repository.Infrastructure.Background;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Resources;

/// <summary>
/// Destroys the keys of windows whose retention is over and that nobody pinned. Nobody is given such a key meanwhile.
/// </summary>
internal sealed class WindowSweeper(
    IWriteQueue writes,
    IOptions<TokenOptions> options,
    JobTurns turns,
    TimeProvider clock,
    ILogger<WindowSweeper> logger) : Sweeper(AdvisoryLock.WindowSweep, writes, turns, clock, logger)
{
    private readonly TimeProvider _clock = clock;

    internal override Task RunOnceAsync(CancellationToken ct)
    {
        // A window is past its time when start + 900 s + retention ≤ now; its start is a whole second.
        var latest = _clock.GetUtcNow() - options.Value.WindowRetention - TimeSpan.FromSeconds(Timecode.WindowSeconds);
        return SweepAsync(new DestroyPassed(latest.ToUnixTimeSeconds()), ct);
    }

    private sealed class DestroyPassed(long latestStart) : WriteOperation<int>
    {
        // The conditions stand twice: on PostgreSQL a row that was pinned while this waited for it is judged again, by the outer ones only.
        private static readonly Statement Delete = new(
            """
            DELETE FROM window_keys WHERE pinned_date IS NULL AND retired_date IS NULL AND (first_guid, second_guid, window_start) IN
                (SELECT first_guid, second_guid, window_start FROM window_keys
                 WHERE pinned_date IS NULL AND retired_date IS NULL AND window_start <= $1 ORDER BY window_start LIMIT $2)
            """);

        public override async ValueTask<int> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
        {
            var destroyed = await transaction.ExecuteAsync(Delete, [SqlValue.Of(latestStart), SqlValue.Of(RowsPerWrite)], ct);
            if (destroyed > 0)
            {
                transaction.EraseWhatIsDeleted();
            }

            return destroyed;
        }
    }
}
