using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Rooms;

/// <summary>Something other than a message that is to be written into a room's log.</summary>
/// <param name="Type">What happened.</param>
/// <param name="UserGuid">To whom; null where it concerns nobody in particular.</param>
public sealed record RoomChange(RoomEventType Type, HashIdentifier? UserGuid = null)
{
    /// <summary>Who removed a member.</summary>
    public HashIdentifier? ByGuid { get; init; }

    /// <summary>The epoch that began.</summary>
    public long? Epoch { get; init; }

    /// <summary>The fields that changed, as a JSON object in UTF-8.</summary>
    public byte[]? Changes { get; init; }
}

/// <summary>
/// Writes into rooms' logs. A sequence is taken by one update of the room's row, in the transaction that writes the event: on PostgreSQL
/// the row stays locked to the commit, on SQLite there is one writer, so sequences are consecutive and in the order of commits.
/// </summary>
public static class RoomEvents
{
    private static readonly Statement TakeSequence = new(
        "UPDATE rooms SET last_sequence = last_sequence + 1 WHERE room_id = $1 RETURNING last_sequence, message_count");

    private static readonly Statement Insert = new(
        """
        INSERT INTO room_events (room_id, sequence, type, message_number, date, user_guid, by_guid, epoch, changes)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """);

    /// <summary>Appends an event to the log of a room that is there.</summary>
    /// <returns>Its sequence.</returns>
    public static async ValueTask<long> AppendAsync(
        this WriteTransaction transaction,
        RoomId room,
        RoomChange change,
        DateTimeOffset date,
        CancellationToken ct)
    {
        if (await transaction.QueryAsync(TakeSequence, [SqlValue.Of(room)], ct) is not [var taken])
        {
            throw new InvalidOperationException($"There is no room {room}.");
        }

        var sequence = taken.Number(0);
        await transaction.ExecuteAsync(
            Insert,
            [
                SqlValue.Of(room),
                SqlValue.Of(sequence),
                SqlValue.Of((long)change.Type),
                SqlValue.Of(taken.Number(1)),
                SqlValue.Of(date),
                SqlValue.Of(change.UserGuid?.ToByteArray()),
                SqlValue.Of(change.ByGuid?.ToByteArray()),
                SqlValue.Of(change.Epoch),
                SqlValue.Of(change.Changes),
            ],
            ct);
        return sequence;
    }
}
