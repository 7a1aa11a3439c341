using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Rooms;

/// <summary>The owner's word: who asked becomes a member, who did not is invited, and nobody becomes less than it is.</summary>
internal sealed class AdmitMember(RoomId roomId, HashIdentifier user, Caller caller, RoomJournal journal) : WriteOperation<RoomOutcome<Membership>>
{
    public override async ValueTask<RoomOutcome<Membership>> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        if ((await transaction.HoldAsOwnerAsync(roomId, caller.SessionUser, ct)).Refusal is { } refusal)
        {
            return refusal;
        }

        var standing = await transaction.ReadStandingAsync(roomId, user, ct);
        return standing?.State switch
        {
            MemberState.Pending => await AdmitAsync(transaction, ct),
            { } state => new Membership(state, IsNew: false),
            null => await InviteAsync(transaction, ct),
        };
    }

    private async ValueTask<RoomOutcome<Membership>> AdmitAsync(WriteTransaction transaction, CancellationToken ct)
    {
        if (!await transaction.AdmitAsync(roomId, user, journal, ct))
        {
            return ApiProblem.RoomFull;
        }

        await journal.AuditAsync(transaction, caller.Actor, "room-admitted", roomId, user, ct);
        return new Membership(MemberState.Member, IsNew: true);
    }

    private async ValueTask<RoomOutcome<Membership>> InviteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        // Users stay for ever: who is there now is there when this is durable.
        if (!await transaction.Db.Users.AnyAsync(known => known.UserGuid == user, ct))
        {
            return ApiProblem.UserUnknown;
        }

        await transaction.LetWaitAsync(roomId, user, MemberState.Invited, ct);
        await journal.AuditAsync(transaction, caller.Actor, "room-invited", roomId, user, ct);
        return new Membership(MemberState.Invited, IsNew: true);
    }
}
