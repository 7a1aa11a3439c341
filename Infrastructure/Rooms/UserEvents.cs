using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Rooms;

/// <summary>
/// Reads the logs of all rooms of a user as one, in the order of the events' numbers. Who is a member, since when, and what there is to read
/// come from one statement.
/// </summary>
internal sealed class UserEvents(Database database, EventHorizon horizon, TimeProvider clock)
{
    /// <summary>What follows a number in all rooms of a user.</summary>
    /// <remarks>
    /// The sum keeps SQLite from the index of sequences: it would look at all that the user ever read, at every read. By the numbers it looks at
    /// what follows the cursor.
    /// </remarks>
    internal static readonly Statement SelectEvents = new(
        $"""
        SELECT e.number, r.id, CASE WHEN {RoomLog.IsKept} THEN 1 ELSE 0 END, {EventRow.Columns}
        FROM room_members m
        JOIN rooms r ON r.room_id = m.room_id AND NOT r.is_deleted
        JOIN room_events e ON e.room_id = m.room_id AND e.number > $2 AND e.sequence + 0 >= m.joined_sequence
        WHERE m.user_guid = $3 AND m.state = 1
        ORDER BY e.number LIMIT $4
        """);

    private static readonly Statement SelectRooms = new("SELECT room_id FROM room_members WHERE user_guid = $1 AND state = 1");

    /// <summary>The rooms that a user is a member of.</summary>
    public async ValueTask<IReadOnlyList<RoomId>> ReadRoomsAsync(HashIdentifier user, CancellationToken ct) =>
        [.. (await database.QueryAsync(SelectRooms, [SqlValue.Of(user)], ct)).Select(static row => RoomId.Load(row.Bytes(0)))];

    /// <summary>Reads up to so many events that follow a cursor.</summary>
    public async ValueTask<UserReading> ReadAsync(HashIdentifier user, EventCursor after, int limit, CancellationToken ct)
    {
        // Before the events: what is settled now, the read sees.
        var (settled, given) = await horizon.ReadAsync(ct);
        if (after.Floor > given)
        {
            var end = await ReadAsync(user, new EventCursor(settled, []), int.MaxValue, ct); // What is there already above it is the end, too.
            return new UserReading([], end.Next, IsBeyondEnd: true);
        }

        var page = new UserPage(after, limit, settled);
        int found;
        do
        {
            var rows = await database.QueryAsync(
                SelectEvents,
                [SqlValue.Of(clock.GetUtcNow()), SqlValue.Of(page.Position), SqlValue.Of(user), SqlValue.Of(RoomLog.MaxEventsPerRead)],
                ct);
            found = rows.Count;
            foreach (var row in rows)
            {
                if (!page.TryTake(row))
                {
                    break;
                }
            }
        }
        while (found == RoomLog.MaxEventsPerRead && !page.IsFull);

        return new UserReading(page.Events, page.Next(), IsBeyondEnd: false);
    }
}

/// <summary>What a read of all rooms of a user found.</summary>
/// <param name="Events">In order.</param>
/// <param name="Next">Where the next read goes on.</param>
/// <param name="IsBeyondEnd">Whether the cursor was of numbers that were never given, as after a backup was restored.</param>
internal sealed record UserReading(IReadOnlyList<RoomEvent> Events, EventCursor Next, bool IsBeyondEnd);
