using Repository.Domain.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Rooms;

/// <summary>Removes the oldest of a room's events that are past its limits, then the keys that opened nothing but them; says whether there may be more.</summary>
internal sealed class RemovePastEvents(RoomId roomId, DateTimeOffset now) : WriteOperation<bool>
{
    /// <summary>Messages have up to 64 KiB: a write of more would keep others waiting.</summary>
    private const int EventsPerWrite = 200;

    private const int KeysPerWrite = 500;

    private static readonly Statement SelectOldest = new(
        $"""
        SELECT e.sequence, COALESCE(e.message_number <= r.message_count - r.history_limit, FALSE)
            OR COALESCE(e.date <= $1 - CAST(r.retention_seconds AS BIGINT) * 10000000, FALSE)
        FROM room_events e JOIN rooms r ON r.room_id = e.room_id
        WHERE e.room_id = $2 ORDER BY e.sequence LIMIT {EventsPerWrite}
        """);

    /// <summary>A message's name is remembered for a day, whatever became of the message.</summary>
    private static readonly Statement LetNamesExpire = new(
        """
        UPDATE room_client_messages SET expires_date = posted_date + 864000000000
        WHERE (room_id, user_guid, client_message_id) IN
            (SELECT room_id, user_guid, client_message_id FROM room_events
             WHERE room_id = $1 AND sequence <= $2 AND client_message_id IS NOT NULL)
        """);

    private static readonly Statement DeleteEvents = new("DELETE FROM room_events WHERE room_id = $1 AND sequence <= $2");

    private static readonly Statement DeleteKeys = new(
        $"""
        DELETE FROM room_keys WHERE (room_id, user_guid, epoch) IN
            (SELECT k.room_id, k.user_guid, k.epoch FROM room_keys k JOIN rooms r ON r.room_id = k.room_id
             WHERE k.room_id = $1 AND k.epoch < COALESCE(
                 (SELECT e.epoch FROM room_events e WHERE e.room_id = $1 AND e.type = 1 ORDER BY e.sequence LIMIT 1), r.epoch)
             LIMIT {KeysPerWrite})
        """);

    public override async ValueTask<bool> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var room = SqlValue.Of(roomId);
        var oldest = await transaction.QueryAsync(SelectOldest, [SqlValue.Of(now), room], ct);
        var past = oldest.TakeWhile(static row => row.Number(1) == 1).ToList();
        if (past is [.., var last])
        {
            var sequence = SqlValue.Of(last.Number(0));
            await transaction.ExecuteAsync(LetNamesExpire, [room, sequence], ct);
            await transaction.ExecuteAsync(DeleteEvents, [room, sequence], ct);
        }

        var keys = await transaction.ExecuteAsync(DeleteKeys, [room], ct);
        return past.Count == EventsPerWrite || keys == KeysPerWrite;
    }
}
