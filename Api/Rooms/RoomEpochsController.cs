using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Rooms;

namespace Repository.Api.Rooms;

/// <summary>Room keys, one an epoch, which the server only passes on.</summary>
[Route("v1/rooms/{roomId}/epochs")]
[ServiceTag("Rooms")]
[Authorize(Policies.Session)]
internal sealed class RoomEpochsController : ControllerBase
{
    /// <summary>10,000 members with sealed keys of 80 bytes take 1.8 MB.</summary>
    private const int MaxBodyBytes = 4 << 20;

    private Caller Caller => Caller.Of(HttpContext);

    /// <summary>Begins the next epoch</summary>
    /// <remarks>
    /// By the owner: with a fresh room key, wrapped for exactly the members that are there. Of two renewals at once one is done. The body
    /// may have 4 MiB.
    /// </remarks>
    [HttpPost]
    [RequestSizeLimit(MaxBodyBytes)]
    [ProducesResponseType<EpochView>(StatusCodes.Status201Created)]
    [Refuses("validation-failed", "room-unknown", "epoch-conflict", "members-mismatch")]
    public Task<Answer> Renew(
        [FromRoute] RoomId roomId,
        [JsonBody] RenewEpochRequest request,
        [FromServices] RoomWrites writes,
        [FromServices] RoomJournal journal,
        CancellationToken ct) =>
        writes.ExecuteAsync(
            HttpContext,
            new RoomTarget(roomId),
            new RenewEpoch(roomId, request, Caller, journal),
            renewal => RenewalAnswers.Of(renewal, roomId, request.Epoch),
            ct);

    /// <summary>Gives a member the key of an epoch</summary>
    /// <remarks>
    /// As the owner wrapped it for the caller. A member has keys of the epochs that began after its latest joining, as long as there are
    /// messages under them.
    /// </remarks>
    /// <param name="roomId">The room.</param>
    /// <param name="epoch">Its number, or <c>current</c>.</param>
    /// <param name="read">The operation.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpGet("{epoch}/key")]
    [ProducesResponseType<RoomKeyView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "room-unknown", "epoch-unknown")]
    public Task<Answer> GetKey([FromRoute] RoomId roomId, [FromRoute] EpochName epoch, [FromServices] ReadRoomKey read, CancellationToken ct) =>
        read.ExecuteAsync(roomId, Caller.SessionUser, epoch, ct);
}
