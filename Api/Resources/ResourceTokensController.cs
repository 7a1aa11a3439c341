using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;

namespace Repository.Api.Resources;

/// <summary>What the instances of a resource ask for, each with its login token.</summary>
[Route("v1/resources/{resourceGuid}")]
[ServiceTag("Tokens")]
[Authorize(Policies.Resource)]
internal sealed class ResourceTokensController : ControllerBase
{
    /// <summary>Gives the machine token of a window</summary>
    /// <remarks>
    /// The same 32 bytes for every instance that names a timecode of the same 15 minutes, and, with <c>peer</c>, for both resources. The
    /// window's key is made at its first use, kept for <c>Tokens:WindowRetention</c> after its end and then destroyed, unless it is pinned;
    /// <c>docs/formats.md</c> has the rules. An <c>Idempotency-Key</c> is ignored.
    /// </remarks>
    [HttpPost("machine-token")]
    [IgnoresIdempotencyKey]
    [ProducesResponseType<MachineTokenView>(StatusCodes.Status200OK)]
    [Refuses(
        "validation-failed",
        "timecode-invalid",
        "key-unsupported",
        "resource-unknown",
        "peer-not-allowed",
        "timecode-not-pinned",
        "too-many-pinned-windows",
        "timecode-expired",
        "timecode-retired",
        "overloaded",
        "body-too-large",
        "unsupported-media-type")]
    public Task<Answer> IssueMachineToken(
        [FromRoute] HashIdentifier resourceGuid,
        [JsonBody(IsOptional = true)] MachineTokenRequest request,
        [FromServices] IssueMachineToken issue,
        CancellationToken ct) =>
        issue.ExecuteAsync(resourceGuid, Caller.Of(HttpContext), request, ct);

    /// <summary>Signs a JWT in the resource's name</summary>
    /// <remarks>
    /// <c>sub</c> is the resource and <c>iat</c> the timecode; anyone checks it against <c>/.well-known/jwks.json</c>. It is no credential for
    /// this API, and touches no window key. An <c>Idempotency-Key</c> is ignored.
    /// </remarks>
    [HttpPost("jwt")]
    [IgnoresIdempotencyKey]
    [ProducesResponseType<ResourceTokenView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "timecode-invalid", "body-too-large", "unsupported-media-type")]
    public Task<Answer> IssueJwt(
        [FromRoute] HashIdentifier resourceGuid,
        [JsonBody(IsOptional = true)] ResourceTokenRequest request,
        [FromServices] IssueResourceToken issue,
        CancellationToken ct) =>
        issue.ExecuteAsync(resourceGuid, Caller.Of(HttpContext), request, ct);
}
