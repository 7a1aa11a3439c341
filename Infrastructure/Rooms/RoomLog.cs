using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Rooms;

/// <summary>
/// Reads rooms' logs. Whether the room is there, who may read and what there is to read come from one statement, so from one snapshot.
/// Events past the room's limits are left out, removed yet or not.
/// </summary>
internal sealed class RoomLog(Database database, TimeProvider clock)
{
    /// <summary>How many events a read takes at the most: of 64 KiB each they are 6.4 MiB.</summary>
    public const int MaxEventsPerRead = 100;

    private const int FirstEventColumn = 4;

    /// <summary>As it stands in both statements: whether an event <c>e</c> of a room <c>r</c> is within the room's limits at <c>$1</c>.</summary>
    internal const string IsKept =
        """
        COALESCE(e.message_number > r.message_count - r.history_limit, TRUE)
            AND COALESCE(e.date > $1 - CAST(r.retention_seconds AS BIGINT) * 10000000, TRUE)
        """;

    private static readonly Statement SelectAsMember = new(
        $"""
        SELECT r.last_sequence, COALESCE(r.departed_sequence, 0), m.joined_sequence,
            CASE WHEN {IsKept} THEN 1 ELSE 0 END, {EventRow.Columns}
        FROM rooms r
        LEFT JOIN room_members m ON m.room_id = r.room_id AND m.user_guid = $2 AND m.state = 1
        LEFT JOIN (
            SELECT * FROM room_events
            WHERE room_id = $3 AND sequence > $4
              AND sequence >= (SELECT joined_sequence FROM room_members WHERE room_id = $3 AND user_guid = $2 AND state = 1)
            ORDER BY sequence LIMIT $5) e ON e.room_id = r.room_id
        WHERE r.room_id = $3 AND NOT r.is_deleted
        ORDER BY e.sequence
        """);

    private static readonly Statement SelectForAll = new(
        $"""
        SELECT r.last_sequence, COALESCE(r.departed_sequence, 0), 0,
            CASE WHEN {IsKept} THEN 1 ELSE 0 END, {EventRow.Columns}
        FROM rooms r
        LEFT JOIN (SELECT * FROM room_events WHERE room_id = $2 AND sequence > $3 ORDER BY sequence LIMIT $4) e ON e.room_id = r.room_id
        WHERE r.room_id = $2 AND NOT r.is_deleted
        ORDER BY e.sequence
        """);

    /// <summary>Reads on behalf of a user what follows a sequence, from the user's latest joining on.</summary>
    /// <returns>Null when there is no such room.</returns>
    public async ValueTask<RoomReading?> ReadAsync(RoomId room, HashIdentifier user, long after, int limit, CancellationToken ct) => ToReading(
        room,
        after,
        limit,
        await database.QueryAsync(
            SelectAsMember,
            [SqlValue.Of(clock.GetUtcNow()), SqlValue.Of(user), SqlValue.Of(room), SqlValue.Of(after), SqlValue.Of(limit)],
            ct));

    /// <summary>
    /// Reads what follows a sequence, for everyone who stands there: who was a member at or after the reading's
    /// <see cref="RoomReading.DepartedSequence"/>, and joined before <paramref name="after"/>, may have it.
    /// </summary>
    /// <returns>Null when there is no such room.</returns>
    public async ValueTask<RoomReading?> ReadForAllAsync(RoomId room, long after, int limit, CancellationToken ct) => ToReading(
        room,
        after,
        limit,
        await database.QueryAsync(
            SelectForAll,
            [SqlValue.Of(clock.GetUtcNow()), SqlValue.Of(room), SqlValue.Of(after), SqlValue.Of(limit)],
            ct));

    private static RoomReading? ToReading(RoomId room, long after, int limit, IReadOnlyList<SqlRow> rows)
    {
        if (rows.Count == 0)
        {
            return null;
        }

        var events = new List<RoomEvent>(rows.Count);
        var count = 0;
        foreach (var row in rows.Where(static row => !row.IsNull(FirstEventColumn)))
        {
            count++;
            if (row.Number(3) == 1)
            {
                events.Add(EventRow.Read(row, FirstEventColumn));
            }
        }

        var last = rows[0].Number(0);
        return new RoomReading(room, events)
        {
            IsMember = !rows[0].IsNull(2),
            LastSequence = last,
            DepartedSequence = rows[0].Number(1),
            ReadTo = count == limit ? rows[^1].Number(FirstEventColumn) : last,
            IsBeyondEnd = after > last,
        };
    }
}

/// <summary>What a read of a room's log found.</summary>
/// <param name="Room">The room.</param>
/// <param name="Events">In the order of their sequences.</param>
internal sealed record RoomReading(RoomId Room, IReadOnlyList<RoomEvent> Events)
{
    /// <summary>Whether the user it was read for is a member; true of a reading for all.</summary>
    public required bool IsMember { get; init; }

    /// <summary>The sequence of the room's latest event.</summary>
    public required long LastSequence { get; init; }

    /// <summary>The sequence at which somebody last ceased to be a member; 0 where nobody did.</summary>
    public required long DepartedSequence { get; init; }

    /// <summary>The sequence that the next read goes on after: everything up to it is in <see cref="Events"/> or past the room's limits.</summary>
    public required long ReadTo { get; init; }

    /// <summary>Whether it was asked for what follows a sequence that was never given.</summary>
    public required bool IsBeyondEnd { get; init; }
}
