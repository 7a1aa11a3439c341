using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Rooms;

/// <summary>
/// Takes a user out of a room: a member that leaves, or whom the owner removes, or who only waits. From the commit on no message is taken
/// until the next epoch, because whoever was a member has the present key: posts are decided by the same row of the room that this writes.
/// </summary>
internal sealed class RemoveMember(RoomId roomId, HashIdentifier user, Caller caller, RoomJournal journal)
    : WriteOperation<RoomOutcome<RoomStanding>>
{
    private static readonly Statement DeleteMember = new("DELETE FROM room_members WHERE room_id = $1 AND user_guid = $2");

    /// <summary>Should it come back, it gets keys from then on only.</summary>
    private static readonly Statement DeleteKeys = new("DELETE FROM room_keys WHERE room_id = $1 AND user_guid = $2");

    /// <summary>The event that tells of it is the next one.</summary>
    private static readonly Statement GiveUpPlace = new(
        """
        UPDATE rooms SET member_count = member_count - 1, rekey_required = TRUE, departed_sequence = last_sequence + 1
        WHERE room_id = $1 RETURNING member_count
        """);

    public override async ValueTask<RoomOutcome<RoomStanding>> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        if (Settle(await transaction.ReadStandingAsync(roomId, user, ct)) is { } before)
        {
            return before;
        }

        await transaction.HoldAsync(roomId, ct);
        var standing = await transaction.ReadStandingAsync(roomId, user, ct); // Whoever was before us may have changed it.
        if (Settle(standing) is { } settled)
        {
            return settled;
        }

        await transaction.ExecuteAsync(DeleteMember, [SqlValue.Of(roomId), SqlValue.Of(user)], ct);
        if (standing!.IsMember)
        {
            await TakeOutAsync(transaction, standing, ct);
        }
        else
        {
            await journal.AuditAsync(transaction, caller.Actor, "room-turned-away", roomId, user, ct);
        }

        return standing;
    }

    /// <returns>The answer where the call changes nothing, else null. Who is not there, is not there: that is what was asked for.</returns>
    private RoomOutcome<RoomStanding>? Settle(RoomStanding? standing) => standing switch
    {
        null => ApiProblem.RoomUnknown,
        _ when caller.UserGuid != user && caller.UserGuid != standing.OwnerGuid => ApiProblem.Forbidden,
        { State: null } => standing,
        _ => null,
    };

    private async ValueTask TakeOutAsync(WriteTransaction transaction, RoomStanding standing, CancellationToken ct)
    {
        await transaction.ExecuteAsync(DeleteKeys, [SqlValue.Of(roomId), SqlValue.Of(user)], ct);
        var isLast = (await transaction.QueryAsync(GiveUpPlace, [SqlValue.Of(roomId)], ct))[0].Number(0) == 0;
        if (isLast)
        {
            await transaction.EndAsync(roomId, ct);
            await journal.AuditAsync(transaction, caller.Actor, "room-left", roomId, user, ct);
            await journal.AuditAsync(transaction, caller.Actor, "room-deleted", roomId, ct);
            return;
        }

        var leaves = caller.UserGuid == user;
        await journal.TellAsync(
            transaction,
            roomId,
            leaves ? new RoomChange(RoomEventType.Left, user) : new RoomChange(RoomEventType.Removed, user) { ByGuid = caller.UserGuid },
            ct);
        if (standing.OwnerGuid == user)
        {
            var heir = await transaction.PassOwnershipAsync(roomId, journal, ct);
            await journal.AuditAsync(transaction, caller.Actor, "room-left", roomId, user, ct);
            await journal.AuditAsync(transaction, caller.Actor, "room-passed", roomId, heir, ct);
            return;
        }

        await journal.AuditAsync(transaction, caller.Actor, leaves ? "room-left" : "room-removed", roomId, user, ct);
    }
}
