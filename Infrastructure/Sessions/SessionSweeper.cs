using Microsoft.Extensions.Logging;
using Repository.Infrastructure.Background;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Sessions;

/// <summary>Removes what need not be remembered any more of sessions, challenges and revoked tokens.</summary>
internal sealed class SessionSweeper(IWriteQueue writes, JobTurns turns, TimeProvider clock, ILogger<SessionSweeper> logger)
    : Sweeper(AdvisoryLock.SessionSweep, writes, turns, clock, logger)
{
    /// <summary>A session can be ended, and so be asked about, for a day after it has ended by itself.</summary>
    private static readonly TimeSpan SessionsKept = TimeSpan.FromDays(1);

    /// <summary>What is spent or revoked must stay so at a node whose clock is late: it would take it as good for so much longer.</summary>
    private static readonly TimeSpan LateClock = TimeSpan.FromHours(1);

    private static readonly (Statement Delete, TimeSpan Kept)[] Tables =
    [
        (DeleteExpired("sessions", "session_id"), SessionsKept),
        (DeleteExpired("spent_challenges", "challenge_hash"), LateClock),
        (DeleteExpired("revoked_tokens", "token_id_hash"), LateClock),
    ];

    private readonly TimeProvider _clock = clock;

    internal override async Task RunOnceAsync(CancellationToken ct)
    {
        foreach (var (delete, kept) in Tables)
        {
            await SweepAsync(delete, _clock.GetUtcNow() - kept, ct);
        }
    }
}
