using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Rooms;

/// <summary>A message on its way into a room's log. All of it but the epoch is opaque here.</summary>
/// <param name="Epoch">The epoch that its sender sealed it under.</param>
/// <param name="Ciphertext">1 to 65,536 bytes.</param>
/// <param name="Signature">Its sender's, or null.</param>
/// <param name="ClientMessageId">What its sender calls it, in ASCII, or null.</param>
public sealed record NewMessage(long Epoch, byte[] Ciphertext, byte[]? Signature, byte[]? ClientMessageId);

/// <summary>Writes messages into rooms' logs: the hot path, two statements, three with a client's id.</summary>
/// <remarks>
/// <c>Take</c> decides everything, and why it does on PostgreSQL too is this. An update that waited for the room's row judges the row anew,
/// but looks at other tables as they were when it began. So it may believe in a member that was removed meanwhile; but a removal sets
/// <c>rekey_required</c> on the very row, and only another epoch clears it: a row that still has the message's epoch and needs no key saw
/// no removal. That a repeat came first meanwhile it cannot see: there the primary key of the names decides.
/// </remarks>
public static class RoomMessages
{
    private static readonly Statement Take = new(
        """
        UPDATE rooms SET last_sequence = last_sequence + 1, message_count = message_count + 1
        WHERE room_id = $1 AND epoch = $2 AND NOT rekey_required AND NOT is_deleted
          AND EXISTS (SELECT 1 FROM room_members m WHERE m.room_id = $1 AND m.user_guid = $3 AND m.state = 1)
          AND NOT EXISTS (SELECT 1 FROM room_client_messages c WHERE c.room_id = $1 AND c.user_guid = $3 AND c.client_message_id = $4)
        RETURNING last_sequence, message_count
        """);

    private static readonly Statement Insert = new(
        """
        INSERT INTO room_events (room_id, sequence, type, message_number, date, user_guid, epoch, ciphertext, signature, client_message_id)
        VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9)
        """);

    private static readonly Statement Remember = new(
        """
        INSERT INTO room_client_messages (room_id, user_guid, client_message_id, sequence, posted_date) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (room_id, user_guid, client_message_id) DO NOTHING
        """);

    private static readonly Statement GiveBack = new(
        "UPDATE rooms SET last_sequence = last_sequence - 1, message_count = message_count - 1 WHERE room_id = $1");

    private static readonly Statement SelectPosted = new(
        "SELECT sequence, posted_date FROM room_client_messages WHERE room_id = $1 AND user_guid = $2 AND client_message_id = $3");

    /// <summary>Appends a message, if the room's epoch is the message's, no rekey is required, its sender is a member and it is no repeat.</summary>
    /// <returns>Its sequence; null when one of that is not so, and nothing is changed.</returns>
    public static async ValueTask<long?> AppendMessageAsync(
        this WriteTransaction transaction,
        RoomId roomId,
        HashIdentifier sender,
        NewMessage message,
        DateTimeOffset date,
        CancellationToken ct)
    {
        var (room, user, clientId) = (SqlValue.Of(roomId), SqlValue.Of(sender), SqlValue.Of(message.ClientMessageId));
        if (await transaction.QueryAsync(Take, [room, SqlValue.Of(message.Epoch), user, clientId], ct) is not [var taken])
        {
            return null;
        }

        var (sequence, posted) = (SqlValue.Of(taken.Number(0)), SqlValue.Of(date));
        if (!clientId.IsNull && await transaction.ExecuteAsync(Remember, [room, user, clientId, sequence, posted], ct) == 0)
        {
            await transaction.ExecuteAsync(GiveBack, [room], ct); // Still under the lock: nobody saw the sequence.
            return null;
        }

        await transaction.ExecuteAsync(
            Insert,
            [
                room,
                sequence,
                SqlValue.Of(taken.Number(1)),
                posted,
                user,
                SqlValue.Of(message.Epoch),
                SqlValue.Of(message.Ciphertext),
                SqlValue.Of(message.Signature),
                clientId,
            ],
            ct);
        return sequence.Number;
    }

    /// <summary>What a sender posted under this id.</summary>
    /// <returns>Null when it is none, or forgotten.</returns>
    public static async ValueTask<(long Sequence, DateTimeOffset PostedDate)?> FindPostedAsync(
        this IStatementReader reader,
        RoomId roomId,
        HashIdentifier sender,
        byte[] clientMessageId,
        CancellationToken ct) =>
        await reader.QueryAsync(SelectPosted, [SqlValue.Of(roomId), SqlValue.Of(sender), SqlValue.Of(clientMessageId)], ct) is [var row]
            ? (row.Number(0), row.Date(1))
            : null;
}
