using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Rooms;

/// <summary>What a user is to a room after a call.</summary>
/// <param name="State">member, pending or invited.</param>
/// <param name="IsNew">Whether the call made it so.</param>
internal sealed record Membership(MemberState State, bool IsNew);

/// <summary>
/// Lets a user into a room, or lets it wait for the owner's word. What changes nothing is answered before the room is held, so that
/// nobody holds it up by asking.
/// </summary>
internal sealed class JoinRoom(RoomId roomId, Caller caller, RoomJournal journal) : WriteOperation<RoomOutcome<Membership>>
{
    public override async ValueTask<RoomOutcome<Membership>> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        if (Settle(await transaction.ReadStandingAsync(roomId, caller.SessionUser, ct)) is { } before)
        {
            return before;
        }

        await transaction.HoldAsync(roomId, ct);
        var standing = await transaction.ReadStandingAsync(roomId, caller.SessionUser, ct); // Whoever was before us may have changed it.
        return Settle(standing) ?? (standing is { State: null, Admission: Admission.Approval }
            ? await AskAsync(transaction, ct)
            : await EnterAsync(transaction, ct));
    }

    /// <returns>The answer where the call changes nothing, else null.</returns>
    private static RoomOutcome<Membership>? Settle(RoomStanding? standing) => standing switch
    {
        null => ApiProblem.RoomUnknown,
        { IsMember: true } => new Membership(MemberState.Member, IsNew: false),
        { State: MemberState.Pending, Admission: not Admission.Open } => new Membership(MemberState.Pending, IsNew: false),
        { State: null, Admission: Admission.Invitation } => ApiProblem.InvitationRequired,
        _ => null,
    };

    private async ValueTask<RoomOutcome<Membership>> EnterAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var user = caller.SessionUser;
        if (!await transaction.AdmitAsync(roomId, user, journal, ct))
        {
            return ApiProblem.RoomFull;
        }

        await journal.AuditAsync(transaction, caller.Actor, "room-joined", roomId, user, ct);
        return new Membership(MemberState.Member, IsNew: true);
    }

    private async ValueTask<RoomOutcome<Membership>> AskAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var user = caller.SessionUser;
        await transaction.LetWaitAsync(roomId, user, MemberState.Pending, ct);
        await journal.TellAsync(transaction, roomId, new RoomChange(RoomEventType.Requested, user), ct);
        await journal.AuditAsync(transaction, caller.Actor, "room-requested", roomId, user, ct);
        return new Membership(MemberState.Pending, IsNew: true);
    }
}
