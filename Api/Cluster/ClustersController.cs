using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Cluster;

/// <summary>Clusters of the users' own: a directory in which their members find each other.</summary>
[Route("v1/clusters")]
[ServiceTag("Cluster")]
internal sealed class ClustersController : ControllerBase
{
    /// <summary>Creates a cluster</summary>
    /// <remarks>It has no members yet; its creator need not be one.</remarks>
    [HttpPost]
    [Authorize(Policies.Session)]
    [ProducesResponseType<UserClusterView>(StatusCodes.Status201Created)]
    [Refuses("validation-failed", "cluster-exists")]
    public Task<Answer> Create(
        [JsonBody] CreateClusterRequest request,
        [FromServices] Writes writes,
        [FromServices] AuditLog audit,
        [FromServices] TimeProvider clock,
        CancellationToken ct)
    {
        var caller = Caller.Of(HttpContext);
        var shape = (request.MaxSize, request.EndpointCount, request.Attrs ?? 0);
        var cluster = UserCluster.Create(MemberName.Parse(request.Name), shape, caller.UserGuid!.Value, clock.GetUtcNow());
        return writes.ExecuteAsync(
            HttpContext,
            new CreateCluster(cluster, caller.Actor, audit),
            created => created
                ? Answer.Created($"/v1/clusters/{cluster.ClusterId}", UserClusterView.Of(cluster))
                : Answer.Refuse(ApiProblem.ClusterExists),
            ct);
    }

    /// <summary>Lists the clusters, in the order of creation</summary>
    /// <param name="after">The <c>next</c> of the part before.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="db">The database.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpGet]
    [AllowAnonymous]
    [ProducesResponseType<Page<UserClusterView>>(StatusCodes.Status200OK)]
    [Refuses("validation-failed")]
    public async Task<Answer> List(
        [FromQuery] Cursor? after,
        [FromQuery] PageLimit? limit,
        [FromServices] RepositoryDbContext db,
        CancellationToken ct)
    {
        var position = after?.Position ?? 0;
        return Answer.Ok(await db.Clusters
            .Where(cluster => cluster.Id > position)
            .OrderBy(cluster => cluster.Id)
            .ToPageAsync(limit, static cluster => cluster.Id, UserClusterView.Of, ct));
    }

    /// <summary>Shows a cluster</summary>
    /// <param name="cluster">Its name or its id.</param>
    /// <param name="db">The database.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpGet("{cluster}")]
    [AllowAnonymous]
    [ProducesResponseType<UserClusterView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "cluster-unknown")]
    public async Task<Answer> Get([FromRoute] ClusterReference cluster, [FromServices] RepositoryDbContext db, CancellationToken ct) =>
        await cluster.Among(db.Clusters).SingleOrDefaultAsync(ct) is { } found
            ? Answer.Ok(UserClusterView.Of(found))
            : Answer.Refuse(ApiProblem.ClusterUnknown);

    /// <summary>Deletes a cluster with its members</summary>
    /// <remarks>By its creator, or an administrator. Its name is free again.</remarks>
    /// <param name="cluster">Its name or its id.</param>
    /// <param name="writes">The operation.</param>
    /// <param name="audit">Where it is recorded.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpDelete("{cluster}")]
    [Authorize(Policies.User)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Refuses("validation-failed", "cluster-unknown")]
    public Task<Answer> Delete(
        [FromRoute] ClusterReference cluster,
        [FromServices] Writes writes,
        [FromServices] AuditLog audit,
        CancellationToken ct) =>
        writes.ExecuteAsync(
            HttpContext,
            new DeleteCluster(cluster, Caller.Of(HttpContext), audit),
            static outcome => outcome switch
            {
                Deletion.Done => Answer.NoContent(),
                Deletion.Forbidden => Answer.Refuse(ApiProblem.Forbidden),
                _ => Answer.Refuse(ApiProblem.ClusterUnknown),
            },
            ct);
}
