using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Coffer;
using Repository.Infrastructure.Audit;

namespace Repository.Api.Coffer;

/// <summary>Companions, who may upload definitions.</summary>
[Route("v1/coffer/companions")]
[ServiceTag("Coffer")]
[Authorize(Policies.Administrator)]
internal sealed class CompanionsController : ControllerBase
{
    private string Actor => Caller.Of(HttpContext).Actor;

    /// <summary>Registers a companion</summary>
    /// <remarks>Registering one again changes nothing, and is 200.</remarks>
    [HttpPut("{publicKey}")]
    [ProducesResponseType<CompanionView>(StatusCodes.Status201Created)]
    [ProducesResponseType<CompanionView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed")]
    public Task<Answer> Register(
        [FromRoute] ClientKey publicKey,
        [FromServices] Writes writes,
        [FromServices] AuditLog audit,
        [FromServices] TimeProvider clock,
        CancellationToken ct) =>
        writes.ExecuteAsync(
            HttpContext,
            new RegisterCompanion(publicKey, clock.GetUtcNow(), Actor, audit),
            static registered => registered.IsNew
                ? Answer.Created($"/v1/coffer/companions/{registered.View.PublicKey}", registered.View)
                : Answer.Ok(registered.View),
            ct);

    /// <summary>Reads a companion</summary>
    [HttpGet("{publicKey}")]
    [ProducesResponseType<CompanionView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "companion-unknown")]
    public async Task<Answer> Read([FromRoute] ClientKey publicKey, [FromServices] ReadCompanions read, CancellationToken ct) =>
        await read.FindAsync(publicKey, ct) is { } companion ? Answer.Ok(companion) : Answer.Refuse(ApiProblem.CompanionUnknown);

    /// <summary>Lists companions, in the order of registration</summary>
    /// <param name="after">The <c>next</c> of the part before.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="read">The operation.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpGet]
    [ProducesResponseType<Page<CompanionView>>(StatusCodes.Status200OK)]
    [Refuses("validation-failed")]
    public async Task<Answer> List(
        [FromQuery] Cursor? after,
        [FromQuery] PageLimit? limit,
        [FromServices] ReadCompanions read,
        CancellationToken ct) =>
        Answer.Ok(await read.ListAsync(after, limit, ct));

    /// <summary>Removes a companion</summary>
    /// <remarks>What it uploaded stays. Its boxes are refused from the next call on, like those of anybody else.</remarks>
    [HttpDelete("{publicKey}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Refuses("validation-failed", "companion-unknown")]
    public Task<Answer> Delete(
        [FromRoute] ClientKey publicKey,
        [FromServices] Writes writes,
        [FromServices] AuditLog audit,
        CancellationToken ct) =>
        writes.ExecuteAsync(
            HttpContext,
            new DeleteCompanion(publicKey, Actor, audit),
            static deleted => deleted ? Answer.NoContent() : Answer.Refuse(ApiProblem.CompanionUnknown),
            ct);
}
