using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;
using Repository.Infrastructure.Rooms;

namespace Repository.Api.Rooms;

/// <summary>What happens in all rooms of the caller.</summary>
[Route("v1/events")]
[ServiceTag("Rooms")]
[Authorize(Policies.Session)]
internal sealed class EventsController : ControllerBase
{
    /// <summary>Reads the events of all rooms of the caller, and waits for them</summary>
    /// <remarks>
    /// Of each room as a poll of the room itself would, in the order of its sequences; between rooms in no order that means anything. Rooms
    /// may be joined and left between calls: <c>next</c> goes on in those that the caller is a member of then.
    /// </remarks>
    /// <param name="after">The <c>next</c> of the answer before; absent: from the oldest event that is kept.</param>
    /// <param name="limit">How many at the most: 1 to 1,000; 100.</param>
    /// <param name="wait">How many seconds to wait for the first: 0 to 60; 0.</param>
    /// <param name="poll">The operation.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpGet]
    [ProducesResponseType<EventsView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "too-many-polls")]
    public Task<Answer> Poll(
        [FromQuery] EventsCursor? after,
        [FromQuery] EventLimit? limit,
        [FromQuery] WaitSeconds? wait,
        [FromServices] PollRooms poll,
        CancellationToken ct) =>
        poll.ExecuteAsync(
            HttpContext,
            new RoomsPoll(
                after?.Cursor ?? EventCursor.Start,
                limit?.Value ?? EventLimit.Default,
                TimeSpan.FromSeconds(wait?.Value ?? 0)),
            ct);
}
