using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Domain.Sessions;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Sessions;
using Repository.Infrastructure.Signals;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Sessions;

/// <summary>Sessions, which users open with their keys and no password.</summary>
[Route("v1/sessions")]
[ServiceTag("Tokens")]
internal sealed class SessionsController : ControllerBase
{
    /// <summary>Begins a handshake</summary>
    /// <remarks>The challenge is good for 60 s, for this user, and for one session. The answer is the same for a user that does not exist.</remarks>
    [HttpPost("challenge")]
    [AllowAnonymous]
    [IgnoresIdempotencyKey]
    [ProducesResponseType<SessionChallengeView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "body-too-large", "unsupported-media-type")]
    public Task<Answer> Begin([JsonBody] IssueChallengeRequest request, [FromServices] SessionChallenges challenges, CancellationToken ct) =>
        Task.FromResult(Answer.Ok(SessionChallengeView.Of(challenges.Issue(HashIdentifier.Parse(request.UserGuid)))));

    /// <summary>Opens a session</summary>
    /// <remarks>
    /// The user signs the transcript of the handshake; <c>docs/formats.md</c> has its bytes. The token in <c>sealedToken</c> is a credential
    /// for this API until <c>expiresDate</c> or until the session is ended. Whatever is wrong with a handshake, the refusal is the same.
    /// </remarks>
    [HttpPost]
    [AllowAnonymous]
    [IgnoresIdempotencyKey]
    [ProducesResponseType<OpenedSession>(StatusCodes.Status201Created)]
    [Refuses("validation-failed", "handshake-failed", "body-too-large", "unsupported-media-type", "overloaded")]
    public Task<Answer> Open([JsonBody] OpenSessionRequest request, [FromServices] SessionOpener opener, CancellationToken ct) =>
        opener.ExecuteAsync(HttpContext, request, ct);

    /// <summary>Ends a session</summary>
    /// <remarks>Its token is refused from the next request on, at every node. A user may end any of its sessions; ending one again changes nothing.</remarks>
    [HttpDelete("{sessionId}")]
    [Authorize(Policies.User)]
    [IgnoresIdempotencyKey]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Refuses("validation-failed", "session-unknown", "body-too-large", "unsupported-media-type", "overloaded")]
    public async Task<Answer> End(
        [FromRoute] SessionId sessionId,
        [FromServices] IWriteQueue writes,
        [FromServices] AuditLog audit,
        [FromServices] TimeProvider clock,
        [FromServices] ISignals signals,
        CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();

        // Once begun, to its end, also when the caller goes away: whoever waits in the session is told.
        var user = await writes.ExecuteAsync(new EndSession(sessionId, Caller.Of(HttpContext), clock.GetUtcNow(), audit), CancellationToken.None);
        if (user is null)
        {
            return Answer.Refuse(ApiProblem.SessionUnknown);
        }

        signals.Raise(Topic.User(user.Value));
        return Answer.NoContent();
    }
}
