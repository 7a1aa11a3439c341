using Repository.Domain.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Rooms;

/// <summary>Removes a part of what is left of a deleted room, at the end its row; says whether there may be more. Nothing is added meanwhile.</summary>
internal sealed class RemoveDeletedRoom(RoomId roomId) : WriteOperation<bool>
{
    private const int RowsPerWrite = 200;

    private static readonly Statement[] Parts =
    [
        Delete("room_events", "room_id, sequence"),
        Delete("room_keys", "room_id, user_guid, epoch"),
        Delete("room_client_messages", "room_id, user_guid, client_message_id"),
        Delete("room_members", "room_id, user_guid"),
    ];

    private static readonly Statement DeleteRoom = new("DELETE FROM rooms WHERE room_id = $1 AND is_deleted");

    public override async ValueTask<bool> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        foreach (var part in Parts)
        {
            if (await transaction.ExecuteAsync(part, [SqlValue.Of(roomId)], ct) > 0)
            {
                return true;
            }
        }

        await transaction.ExecuteAsync(DeleteRoom, [SqlValue.Of(roomId)], ct);
        return false;
    }

    private static Statement Delete(string table, string key) => new(
        $"DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE room_id = $1 LIMIT {RowsPerWrite})");
}
