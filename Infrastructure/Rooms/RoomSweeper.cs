using Microsoft.Extensions.Logging;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Background;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Rooms;

/// <summary>
/// Removes what nobody reads any more: events past their room's limits, wrapped keys that open none of the messages that are left, rooms
/// that were deleted, and the names of messages that are gone for a day. So many rows a write and so many writes a round; one node
/// sweeps at a time, and sweeping twice would do no harm.
/// </summary>
/// <remarks>
/// Events go from the oldest on, up to the first that is to stay. A clock that was set back left events behind younger ones that are dated
/// later: those are read no more, and go when the others do.
/// </remarks>
internal sealed class RoomSweeper(Database database, IWriteQueue writes, JobTurns turns, TimeProvider clock, ILogger<RoomSweeper> logger)
    : PeriodicJob(TimeSpan.FromSeconds(30), turns, clock, logger, AdvisoryLock.RoomSweep)
{
    private const int RoomsPerRead = 200;

    /// <summary>Enough for a room that takes ten thousand messages a second, and an end to every round.</summary>
    private const int WritesPerRound = 2_000;

    /// <summary>The rooms of which something is to be removed, as their oldest event tells.</summary>
    private static readonly Statement SelectDue = new(
        $"""
        SELECT r.id, r.room_id, r.is_deleted FROM rooms r
        WHERE r.id > $1 AND (r.is_deleted OR r.history_limit IS NOT NULL OR r.retention_seconds IS NOT NULL)
          AND (r.is_deleted OR EXISTS (
              SELECT 1 FROM room_events e
              WHERE e.room_id = r.room_id AND e.sequence = (SELECT MIN(o.sequence) FROM room_events o WHERE o.room_id = r.room_id)
                AND (e.message_number <= r.message_count - r.history_limit
                     OR e.date <= $2 - CAST(r.retention_seconds AS BIGINT) * 10000000)))
        ORDER BY r.id LIMIT {RoomsPerRead}
        """);

    private readonly TimeProvider _clock = clock;

    internal override async Task RunOnceAsync(CancellationToken ct)
    {
        var now = _clock.GetUtcNow();
        var budget = WritesPerRound;
        long position = 0;
        IReadOnlyList<SqlRow> due;
        do
        {
            due = await database.QueryAsync(SelectDue, [SqlValue.Of(position), SqlValue.Of(now)], ct);
            foreach (var row in due)
            {
                position = row.Number(0);
                var room = RoomId.Load(row.Bytes(1));
                budget = await RepeatAsync(row.Number(2) == 1 ? new RemoveDeletedRoom(room) : new RemovePastEvents(room, now), budget, ct);
            }
        }
        while (due.Count == RoomsPerRead && budget > 0);

        await RepeatAsync(new ForgetMessageNames(now), budget, ct);
    }

    /// <summary>Repeats a write until it leaves nothing, or the round is full.</summary>
    /// <returns>How many writes the round has left.</returns>
    private async Task<int> RepeatAsync(WriteOperation<bool> remove, int budget, CancellationToken ct)
    {
        while (budget > 0)
        {
            budget--;
            if (!await writes.ExecuteAsync(remove, ct))
            {
                break;
            }
        }

        return budget;
    }
}
