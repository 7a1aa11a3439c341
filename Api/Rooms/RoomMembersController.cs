using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;

namespace Repository.Api.Rooms;

/// <summary>The users in a room, and those on the way into it.</summary>
[Route("v1/rooms/{roomId}/members")]
[ServiceTag("Rooms")]
[Authorize(Policies.Session)]
internal sealed class RoomMembersController : ControllerBase
{
    private Caller Caller => Caller.Of(HttpContext);

    /// <summary>Joins a room</summary>
    /// <remarks>
    /// Of an open room the caller is a member then, and of any other where it was invited; a room by approval lets it wait. 200 when it is
    /// so already. A new member reads from its joining on, and has a key from the next epoch on.
    /// </remarks>
    [HttpPost]
    [ProducesResponseType<MembershipView>(StatusCodes.Status201Created)]
    [ProducesResponseType<MembershipView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "room-unknown", "room-full", "invitation-required")]
    public Task<Answer> Join(
        [FromRoute] RoomId roomId,
        [FromServices] RoomWrites writes,
        [FromServices] RoomJournal journal,
        CancellationToken ct)
    {
        var user = Caller.SessionUser;
        return writes.ExecuteAsync(
            HttpContext,
            new RoomTarget(roomId, user),
            new JoinRoom(roomId, Caller, journal),
            membership => membership.IsNew
                ? Answer.Created($"/v1/rooms/{roomId}/members/{user}", ViewOf(user, membership))
                : Answer.Ok(ViewOf(user, membership)),
            ct);
    }

    /// <summary>Admits or invites a user</summary>
    /// <remarks>By the owner. Who asked becomes a member; another user is invited, which takes no place, until it joins.</remarks>
    [HttpPut("{userGuid}")]
    [ProducesResponseType<MembershipView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "room-unknown", "user-unknown", "room-full")]
    public Task<Answer> Admit(
        [FromRoute] RoomId roomId,
        [FromRoute] HashIdentifier userGuid,
        [FromServices] RoomWrites writes,
        [FromServices] RoomJournal journal,
        CancellationToken ct) =>
        writes.ExecuteAsync(
            HttpContext,
            new RoomTarget(roomId, userGuid),
            new AdmitMember(roomId, userGuid, Caller, journal),
            membership => Answer.Ok(ViewOf(userGuid, membership)),
            ct);

    /// <summary>Leaves a room, or removes a user from it</summary>
    /// <remarks>
    /// By the user itself, or the owner; also to turn away who was invited or asked. Once a member is gone nothing can be posted until the
    /// next epoch. When the owner leaves, the room passes to the member that is in it for the longest time; with its last member it ends.
    /// </remarks>
    [HttpDelete("{userGuid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Refuses("validation-failed", "room-unknown")]
    public Task<Answer> Remove(
        [FromRoute] RoomId roomId,
        [FromRoute] HashIdentifier userGuid,
        [FromServices] RoomWrites writes,
        [FromServices] RoomJournal journal,
        CancellationToken ct) =>
        writes.ExecuteAsync(
            HttpContext,
            new RoomTarget(roomId, userGuid),
            new RemoveMember(roomId, userGuid, Caller, journal),
            static _ => Answer.NoContent(),
            ct);

    /// <summary>Lists the users of a room, in the order of joining</summary>
    /// <remarks>For its members. Users who are invited or have asked are listed too, in the order in which they were or did.</remarks>
    /// <param name="roomId">The room.</param>
    /// <param name="after">The <c>next</c> of the part before.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="list">The operation.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpGet]
    [ProducesResponseType<Page<RoomMemberView>>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "room-unknown")]
    public Task<Answer> List(
        [FromRoute] RoomId roomId,
        [FromQuery] Cursor? after,
        [FromQuery] PageLimit? limit,
        [FromServices] ListRoomMembers list,
        CancellationToken ct) =>
        list.ExecuteAsync(roomId, Caller.SessionUser, after, limit, ct);

    private static MembershipView ViewOf(HashIdentifier user, Membership membership) =>
        new(user.ToString(), MemberStateText.Spell(membership.State));
}
