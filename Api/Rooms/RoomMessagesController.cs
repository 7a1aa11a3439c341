using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Rooms;

namespace Repository.Api.Rooms;

/// <summary>Messages, which the server cannot read.</summary>
[Route("v1/rooms/{roomId}/messages")]
[ServiceTag("Rooms")]
[Authorize(Policies.Session)]
internal sealed class RoomMessagesController : ControllerBase
{
    /// <summary>Posts a message</summary>
    /// <remarks>
    /// By a member, under the present epoch. Answered once it is durable; whoever waits on the room is woken only then. With a
    /// <c>clientMessageId</c> a repeat is harmless: it gets the first answer with 200, whatever its ciphertext, and also when the epoch has
    /// moved on.
    /// </remarks>
    [HttpPost]
    [ProducesResponseType<PostedMessageView>(StatusCodes.Status201Created)]
    [ProducesResponseType<PostedMessageView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "room-unknown", "epoch-stale", "rekey-required")]
    public Task<Answer> Post(
        [FromRoute] RoomId roomId,
        [JsonBody] PostMessageRequest request,
        [FromServices] RoomWrites writes,
        [FromServices] TimeProvider clock,
        CancellationToken ct) =>
        request.IsTooLarge
            ? Task.FromResult(Answer.Refuse(ApiProblem.BodyTooLarge, $"A ciphertext may have {RoomEvent.MaxCiphertextSize} bytes."))
            : writes.ExecuteAsync(
                HttpContext,
                new RoomTarget(roomId),
                new PostMessage(roomId, Caller.Of(HttpContext).SessionUser, request.ToMessage(), clock),
                posted => AnswerOf(roomId, posted),
                ct);

    private static Answer AnswerOf(RoomId roomId, PostedMessage posted)
    {
        var view = new PostedMessageView(posted.Sequence, posted.PostedDate);
        return posted.IsRepeat
            ? Answer.Again(view)
            : Answer.Created($"/v1/rooms/{roomId}/events?after={posted.Sequence - 1}&limit=1", view);
    }
}
