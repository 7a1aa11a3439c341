using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Rooms;

/// <summary>Who owns a room whose owner left.</summary>
internal static class RoomOwnership
{
    // A disabled user cannot act: it is passed over as long as there is another.
    private static readonly Statement FindHeir = new(
        """
        SELECT m.user_guid FROM room_members m JOIN users u ON u.user_guid = m.user_guid
        WHERE m.room_id = $1 AND m.state = 1
        ORDER BY CASE WHEN u.state = 1 THEN 0 ELSE 1 END, m.place LIMIT 1
        """);

    private static readonly Statement SetOwner = new("UPDATE rooms SET owner_guid = $1 WHERE room_id = $2");

    /// <summary>Passes a room that is held, and still has members, to the one that is in it for the longest time, and tells the others.</summary>
    /// <returns>The new owner.</returns>
    public static async ValueTask<HashIdentifier> PassOwnershipAsync(
        this WriteTransaction transaction,
        RoomId room,
        RoomJournal journal,
        CancellationToken ct)
    {
        var heir = HashIdentifier.Load((await transaction.QueryAsync(FindHeir, [SqlValue.Of(room)], ct))[0].Bytes(0));
        await transaction.ExecuteAsync(SetOwner, [SqlValue.Of(heir), SqlValue.Of(room)], ct);
        await journal.TellAsync(
            transaction,
            room,
            new RoomChange(RoomEventType.Updated) { Changes = RoomChanges.Spell(RoomChanges.Owner(heir)) },
            ct);
        return heir;
    }
}
