using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Rooms;

/// <summary>
/// Lists who is in a room, and who waits, to a member: in the order in which they came to be what they are, so members among themselves
/// in the order of joining.
/// </summary>
internal sealed class ListRoomMembers(RepositoryDbContext db, Database database)
{
    public async Task<Answer> ExecuteAsync(RoomId room, HashIdentifier user, Cursor? after, PageLimit? limit, CancellationToken ct)
    {
        var (id, position) = (room.ToByteArray(), after?.Position ?? 0);

        // Membership is asked in the list's own snapshot: who was removed reads nothing, whatever was asked before.
        var page = await db.RoomMembers
            .Where(row => row.RoomId == id && row.Place > position)
            .Where(_ => db.RoomMembers.Any(own => own.RoomId == id && own.UserGuid == user && own.State == MemberState.Member)
                && db.Rooms.Any(present => present.RoomId == id && !present.IsDeleted))
            .OrderBy(row => row.Place)
            .ToPageAsync(limit, static row => row.Place, RoomMemberView.Of, ct);
        return page.Items.Count > 0
            ? Answer.Ok(page)
            : await database.ReadStandingAsync(room, user, ct) switch
            {
                null => Answer.Refuse(ApiProblem.RoomUnknown),
                { IsMember: true } => Answer.Ok(page),
                _ => Answer.Refuse(ApiProblem.Forbidden),
            };
    }
}
