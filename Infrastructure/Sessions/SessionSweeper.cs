using Microsoft.Extensions.Logging;
using Repository.Infrastructure.Background;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Sessions;

/// <summary>
/// Removes what need not be remembered any more of sessions, challenges and revoked tokens, a bounded number at a time. Every node sweeps;
/// sweeping twice does no harm.
/// </summary>
internal sealed class SessionSweeper(IWriteQueue writes, TimeProvider clock, ILogger<SessionSweeper> logger)
    : PeriodicJob(TimeSpan.FromMinutes(1), clock, logger)
{
    private const int RowsPerWrite = 500;
    private const int WritesPerRound = 20;

    /// <summary>A session can be ended, and so be asked about, for a day after it has ended by itself.</summary>
    private static readonly TimeSpan SessionsKept = TimeSpan.FromDays(1);

    /// <summary>What is spent or revoked must stay so at a node whose clock is late: it would take it as good for so much longer.</summary>
    private static readonly TimeSpan LateClock = TimeSpan.FromHours(1);

    private static readonly (Statement Delete, TimeSpan Kept)[] Tables =
    [
        (DeleteFrom("sessions", "session_id"), SessionsKept),
        (DeleteFrom("spent_challenges", "challenge_hash"), LateClock),
        (DeleteFrom("revoked_tokens", "token_id_hash"), LateClock),
    ];

    private readonly TimeProvider _clock = clock;

    internal override async Task RunOnceAsync(CancellationToken ct)
    {
        foreach (var (delete, kept) in Tables)
        {
            var expired = new DeleteExpired(delete, _clock.GetUtcNow() - kept);
            for (var i = 0; i < WritesPerRound && await writes.ExecuteAsync(expired, ct) == RowsPerWrite; i++)
            {
                // There may be more.
            }
        }
    }

    private static Statement DeleteFrom(string table, string key) => new(
        $"DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM {table} WHERE expires_date <= $1 ORDER BY expires_date LIMIT {RowsPerWrite})");

    private sealed class DeleteExpired(Statement delete, DateTimeOffset until) : WriteOperation<int>
    {
        public override bool IsSingleStatement => true;

        public override ValueTask<int> ExecuteAsync(WriteTransaction transaction, CancellationToken ct) =>
            transaction.ExecuteAsync(delete, [SqlValue.Of(until)], ct);
    }
}
