using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Requests;

namespace Repository.Api.Keys;

/// <summary>Tokens of every kind, by those who hold them.</summary>
[Route("v1/tokens")]
[ServiceTag("Tokens")]
[Authorize]
internal sealed class TokensController : ControllerBase
{
    /// <summary>Tells whether a token counts now</summary>
    /// <remarks>RFC 7662. Of a token that does not count nothing else is told; what an active one does not say is left out.</remarks>
    [HttpPost("introspect")]
    [IgnoresIdempotencyKey]
    [ProducesResponseType<IntrospectedToken>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "body-too-large", "unsupported-media-type")]
    public async Task<Answer> Introspect([FormBody] TokenForm form, [FromServices] IntrospectToken introspect, CancellationToken ct) =>
        Answer.Ok(await introspect.ExecuteAsync(form.Token, ct));

    /// <summary>Revokes a token</summary>
    /// <remarks>
    /// RFC 7009. Its subject, its owner and administrators may; from the next request on it counts at no node. Also 200 for what is no token,
    /// or no longer one.
    /// </remarks>
    [HttpPost("revoke")]
    [IgnoresIdempotencyKey]
    [ProducesResponseType<TokenRevocationView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "body-too-large", "unsupported-media-type", "overloaded")]
    public Task<Answer> Revoke([FormBody] TokenForm form, [FromServices] TokenRevocation revocation, CancellationToken ct) =>
        revocation.ExecuteAsync(form.Token, Caller.Of(HttpContext), ct);
}
