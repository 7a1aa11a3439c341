using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Resources;

/// <summary>What the instances of a resource prove themselves with, one each.</summary>
[Route("v1/resources/{resourceGuid}/login-tokens")]
[ServiceTag("Tokens")]
[Authorize(Policies.User)]
internal sealed class LoginTokensController(AuditLog audit) : ControllerBase
{
    private Caller Caller => Caller.Of(HttpContext);

    /// <summary>Makes a login token</summary>
    /// <remarks>By the resource's owner, or an administrator. It is shown this once. An <c>Idempotency-Key</c> is ignored.</remarks>
    [HttpPost]
    [IgnoresIdempotencyKey]
    [ProducesResponseType<CreatedLoginToken>(StatusCodes.Status201Created)]
    [Refuses("validation-failed", "resource-unknown", "overloaded", "body-too-large", "unsupported-media-type")]
    public async Task<Answer> Create(
        [FromRoute] HashIdentifier resourceGuid,
        [JsonBody(IsOptional = true)] CreateLoginTokenRequest request,
        [FromServices] IWriteQueue writes,
        [FromServices] TimeProvider clock,
        CancellationToken ct)
    {
        var created = new NewLoginToken(resourceGuid, PlainLoginToken.Draw(), request.Label, clock.GetUtcNow());
        var source = created.Token.Source.ToString();
        return await writes.ExecuteAsync(new CreateLoginToken(created, Caller, audit), ct)
            ? Answer.Created(
                $"/v1/resources/{resourceGuid}/login-tokens/{source}",
                new CreatedLoginToken(source, created.Label, created.Token.Reveal()))
            : Answer.Refuse(ApiProblem.ResourceUnknown);
    }

    /// <summary>Lists a resource's login tokens, in the order of creation</summary>
    /// <param name="resourceGuid">The resource.</param>
    /// <param name="after">The <c>next</c> of the part before.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="read">The operation.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpGet]
    [ProducesResponseType<Page<LoginTokenView>>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "resource-unknown")]
    public Task<Answer> List(
        [FromRoute] HashIdentifier resourceGuid,
        [FromQuery] Cursor? after,
        [FromQuery] PageLimit? limit,
        [FromServices] ReadLoginTokens read,
        CancellationToken ct) =>
        read.ListAsync(resourceGuid, Caller, after, limit, ct);

    /// <summary>Shows a login token, without its secret</summary>
    [HttpGet("{sourceId}")]
    [ProducesResponseType<LoginTokenView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "resource-unknown", "login-token-unknown")]
    public Task<Answer> Get(
        [FromRoute] HashIdentifier resourceGuid,
        [FromRoute] SourceId sourceId,
        [FromServices] ReadLoginTokens read,
        CancellationToken ct) =>
        read.FindAsync(resourceGuid, sourceId, Caller, ct);

    /// <summary>Revokes a login token</summary>
    /// <remarks>Refused from the next request on; the resource's others go on.</remarks>
    [HttpDelete("{sourceId}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Refuses("validation-failed", "resource-unknown", "login-token-unknown")]
    public Task<Answer> Revoke(
        [FromRoute] HashIdentifier resourceGuid,
        [FromRoute] SourceId sourceId,
        [FromServices] Writes writes,
        CancellationToken ct) =>
        writes.ExecuteAsync(
            HttpContext,
            new RevokeLoginToken(resourceGuid, sourceId, Caller, audit),
            static outcome => outcome switch
            {
                LoginTokenRevocation.Done => Answer.NoContent(),
                LoginTokenRevocation.LoginTokenUnknown => Answer.Refuse(ApiProblem.LoginTokenUnknown),
                _ => Answer.Refuse(ApiProblem.ResourceUnknown),
            },
            ct);
}
