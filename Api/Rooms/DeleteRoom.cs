using Repository.Api.Hosting.Callers;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Rooms;

/// <summary>
/// Deletes a room: from then on it is unknown to everybody. Its messages, keys and members are removed behind the request, because
/// there may be millions (<see cref="Infrastructure.Rooms.RoomSweeper"/>).
/// </summary>
internal sealed class DeleteRoom(RoomId roomId, Caller caller, RoomJournal journal) : WriteOperation<RoomOutcome<RoomStanding>>
{
    public override async ValueTask<RoomOutcome<RoomStanding>> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var held = await transaction.HoldAsOwnerAsync(roomId, caller.SessionUser, ct);
        if (held.Value is not null)
        {
            await transaction.EndAsync(roomId, ct);
            await journal.AuditAsync(transaction, caller.Actor, "room-deleted", roomId, ct);
        }

        return held;
    }
}

/// <summary>How rooms end.</summary>
internal static class RoomEnds
{
    private static readonly Statement End = new("UPDATE rooms SET is_deleted = TRUE WHERE room_id = $1");

    /// <summary>Ends a room that is held.</summary>
    public static async ValueTask EndAsync(this WriteTransaction transaction, RoomId room, CancellationToken ct) =>
        await transaction.ExecuteAsync(End, [SqlValue.Of(room)], ct);
}
