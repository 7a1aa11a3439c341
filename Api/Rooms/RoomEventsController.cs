using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;
using Repository.Domain.Rooms;

namespace Repository.Api.Rooms;

/// <summary>What happens in a room, for its members: by polls, long or short, or as a stream.</summary>
[Route("v1/rooms/{roomId}")]
[ServiceTag("Rooms")]
[Authorize(Policies.Session)]
internal sealed class RoomEventsController : ControllerBase
{
    private const string LastEventId = "Last-Event-ID";

    /// <summary>Reads a room's events, and waits for them</summary>
    /// <remarks>
    /// From the caller's latest joining on, its own <c>joined</c> included. Where there is nothing yet it is answered at the first event
    /// within <c>wait</c>, or when the room or the caller's membership or session ends, or the server stops. Fewer than <c>limit</c> events
    /// do not mean that there are no more: <c>next</c> is where to go on.
    /// </remarks>
    /// <param name="roomId">The room.</param>
    /// <param name="after">The sequence of the last event that the caller has: the <c>next</c> of the answer before. 0, the default, is from the start. Beyond the end, <c>next</c> is the end.</param>
    /// <param name="limit">How many at the most: 1 to 1,000; 100.</param>
    /// <param name="wait">How many seconds to wait for the first: 0 to 60; 0.</param>
    /// <param name="poll">The operation.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpGet("events")]
    [ProducesResponseType<RoomEventsView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "room-unknown", "too-many-polls")]
    public Task<Answer> Poll(
        [FromRoute] RoomId roomId,
        [FromQuery] EventSequence? after,
        [FromQuery] EventLimit? limit,
        [FromQuery] WaitSeconds? wait,
        [FromServices] PollRoom poll,
        CancellationToken ct) =>
        poll.ExecuteAsync(
            HttpContext,
            new RoomPoll(roomId, after?.Value ?? 0, limit?.Value ?? EventLimit.Default, TimeSpan.FromSeconds(wait?.Value ?? 0)),
            ct);

    /// <summary>Streams a room's events</summary>
    /// <remarks>
    /// Server-Sent Events: <c>id</c> is the sequence, <c>event</c> the type, <c>data</c> the event in one line, and a comment comes every
    /// 15 s. It ends when the room or the caller's membership or session ends, or the server stops; whoever connects again sends
    /// <c>Last-Event-ID</c>, which counts before <c>after</c>.
    /// </remarks>
    /// <param name="roomId">The room.</param>
    /// <param name="after">The sequence of the last event that the caller has; where neither it nor <c>Last-Event-ID</c> is given, it begins at the end.</param>
    /// <param name="stream">The operation.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpGet("stream")]
    [ProducesResponseType<ServerSentEvents>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "room-unknown", "too-many-polls")]
    public Task<Answer> Stream(
        [FromRoute] RoomId roomId,
        [FromQuery] EventSequence? after,
        [FromServices] StreamRoom stream,
        CancellationToken ct)
    {
        if (!Request.Headers.TryGetValue(LastEventId, out var last) || StringValues.IsNullOrEmpty(last))
        {
            return stream.ExecuteAsync(HttpContext, roomId, after?.Value, ct);
        }

        return last is [var text] && EventSequence.TryParse(text, out var sequence)
            ? stream.ExecuteAsync(HttpContext, roomId, sequence.Value, ct)
            : Task.FromResult(Answer.Invalid(LastEventId, EventSequence.Rule));
    }
}
