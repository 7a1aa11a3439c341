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
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Resources;

/// <summary>The programs of users that share machine tokens.</summary>
[Route("v1/resources")]
[ServiceTag("Tokens")]
[Authorize(Policies.User)]
internal sealed class ResourcesController : ControllerBase
{
    private Caller Caller => Caller.Of(HttpContext);

    /// <summary>Creates a resource</summary>
    /// <remarks>By its owner, or an administrator, who names the owner. A guid is given once, also when its resource is deleted.</remarks>
    [HttpPost]
    [ProducesResponseType<ResourceView>(StatusCodes.Status201Created)]
    [Refuses("validation-failed", "user-unknown", "resource-exists")]
    public Task<Answer> Create([JsonBody] CreateResourceRequest request, [FromServices] ResourceCreation creation, CancellationToken ct) =>
        creation.ExecuteAsync(HttpContext, request, ct);

    /// <summary>Shows a resource</summary>
    /// <remarks>To its owner, or an administrator; to anyone else it is unknown.</remarks>
    [HttpGet("{resourceGuid}")]
    [ProducesResponseType<ResourceView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "resource-unknown")]
    public async Task<Answer> Get([FromRoute] HashIdentifier resourceGuid, [FromServices] RepositoryDbContext db, CancellationToken ct) =>
        await db.Resources.OfCaller(Caller, resourceGuid).SingleOrDefaultAsync(ct) is { } resource
            ? Answer.Ok(ResourceView.Of(resource))
            : Answer.Refuse(ApiProblem.ResourceUnknown);

    /// <summary>Lists the caller's resources, in the order of creation</summary>
    /// <remarks>An administrator sees all.</remarks>
    /// <param name="after">The <c>next</c> of the part before.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="list">The operation.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpGet]
    [ProducesResponseType<Page<ResourceView>>(StatusCodes.Status200OK)]
    [Refuses("validation-failed")]
    public async Task<Answer> List(
        [FromQuery] Cursor? after,
        [FromQuery] PageLimit? limit,
        [FromServices] ListResources list,
        CancellationToken ct) =>
        Answer.Ok(await list.ExecuteAsync(Caller, after, limit, ct));

    /// <summary>Changes a resource</summary>
    /// <remarks>By its owner, or an administrator. A consent that is withdrawn counts from the next fetch on.</remarks>
    [HttpPatch("{resourceGuid}")]
    [ProducesResponseType<ResourceView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "resource-unknown")]
    public Task<Answer> Update(
        [FromRoute] HashIdentifier resourceGuid,
        [JsonBody] UpdateResourceRequest request,
        [FromServices] Writes writes,
        [FromServices] AuditLog audit,
        CancellationToken ct) =>
        writes.ExecuteAsync(
            HttpContext,
            new UpdateResource(resourceGuid, request, Caller, audit),
            static resource => resource is null ? Answer.Refuse(ApiProblem.ResourceUnknown) : Answer.Ok(ResourceView.Of(resource)),
            ct);

    /// <summary>Deletes a resource</summary>
    /// <remarks>
    /// By its owner, or an administrator. Its login tokens end at once, and its window keys are destroyed for good, those of pairs that
    /// are pinned too. Its guid is never given again.
    /// </remarks>
    [HttpDelete("{resourceGuid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Refuses("validation-failed", "resource-unknown")]
    public Task<Answer> Delete(
        [FromRoute] HashIdentifier resourceGuid,
        [FromServices] Writes writes,
        [FromServices] AuditLog audit,
        CancellationToken ct) =>
        writes.ExecuteAsync(
            HttpContext,
            new DeleteResource(resourceGuid, Caller, audit),
            static deleted => deleted ? Answer.NoContent() : Answer.Refuse(ApiProblem.ResourceUnknown),
            ct);
}
