using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Rooms;

/// <summary>Rooms, whose members exchange messages that the server cannot read.</summary>
[Route("v1/rooms")]
[ServiceTag("Rooms")]
[Authorize(Policies.Session)]
internal sealed class RoomsController : ControllerBase
{
    private Caller Caller => Caller.Of(HttpContext);

    /// <summary>Creates a room</summary>
    /// <remarks>
    /// The caller is its owner and first member: the room's first event says so. Nothing can be posted before the owner has begun the
    /// first epoch.
    /// </remarks>
    [HttpPost]
    [ProducesResponseType<RoomView>(StatusCodes.Status201Created)]
    [Refuses("validation-failed")]
    public Task<Answer> Create(
        [JsonBody] CreateRoomRequest request,
        [FromServices] RoomWrites writes,
        [FromServices] RoomJournal journal,
        CancellationToken ct)
    {
        var room = RoomId.Draw();
        return writes.ExecuteAsync(
            HttpContext,
            new RoomTarget(room, Caller.SessionUser),
            new CreateRoom(room, request, Caller, journal),
            static created => Answer.Created($"/v1/rooms/{created.RoomId}", created),
            ct);
    }

    /// <summary>Shows a room</summary>
    /// <remarks>To anyone with a session who knows its id. Its messages, keys and members are for its members.</remarks>
    [HttpGet("{roomId}")]
    [ProducesResponseType<RoomView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "room-unknown")]
    public async Task<Answer> Get([FromRoute] RoomId roomId, [FromServices] RepositoryDbContext db, CancellationToken ct) =>
        await db.Rooms.Named(roomId).SingleOrDefaultAsync(ct) is { } room
            ? Answer.Ok(RoomView.Of(room))
            : Answer.Refuse(ApiProblem.RoomUnknown);

    /// <summary>Lists rooms, the newest first</summary>
    /// <remarks>Rooms by invitation are listed to their members and to the users whom they invited.</remarks>
    /// <param name="member">Only those that the caller is a member of, or only the others.</param>
    /// <param name="after">The <c>next</c> of the part before.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="list">The operation.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpGet]
    [ProducesResponseType<Page<RoomView>>(StatusCodes.Status200OK)]
    [Refuses("validation-failed")]
    public async Task<Answer> List(
        [FromQuery] MemberFilter? member,
        [FromQuery] Cursor? after,
        [FromQuery] PageLimit? limit,
        [FromServices] ListRooms list,
        CancellationToken ct) =>
        Answer.Ok(await list.ExecuteAsync(Caller.SessionUser, member?.Value, after, limit, ct));

    /// <summary>Changes a room</summary>
    /// <remarks>
    /// By its owner. What is absent or null stays as it is. A history limit or a retention that is set or lowered counts for reads at once.
    /// </remarks>
    [HttpPatch("{roomId}")]
    [ProducesResponseType<RoomView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "room-unknown", "room-full")]
    public Task<Answer> Update(
        [FromRoute] RoomId roomId,
        [JsonBody] UpdateRoomRequest request,
        [FromServices] RoomWrites writes,
        [FromServices] RoomJournal journal,
        CancellationToken ct) =>
        writes.ExecuteAsync(
            HttpContext,
            new RoomTarget(roomId),
            new UpdateRoom(roomId, request, Caller, journal),
            static room => Answer.Ok(room),
            ct);

    /// <summary>Deletes a room</summary>
    /// <remarks>By its owner. It is gone at once for everybody, with its messages and keys.</remarks>
    [HttpDelete("{roomId}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Refuses("validation-failed", "room-unknown")]
    public Task<Answer> Delete(
        [FromRoute] RoomId roomId,
        [FromServices] RoomWrites writes,
        [FromServices] RoomJournal journal,
        CancellationToken ct) =>
        writes.ExecuteAsync(HttpContext, new RoomTarget(roomId), new DeleteRoom(roomId, Caller, journal), static _ => Answer.NoContent(), ct);
}
