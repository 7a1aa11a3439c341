using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Audit;

namespace Repository.Api.Cluster;

/// <summary>The members of clusters of the users' own.</summary>
[Route("v1/clusters/{cluster}/members")]
[ServiceTag("Cluster")]
internal sealed class ClusterMembersController : ControllerBase
{
    /// <summary>Joins a cluster</summary>
    /// <remarks>
    /// The member signs what it says of itself (<c>docs/formats.md</c> has the bytes), so that whoever reads it can check it. Of many that
    /// come at once no more are let in than there is room for.
    /// </remarks>
    /// <param name="cluster">The cluster's name or its id.</param>
    /// <param name="request">The member.</param>
    /// <param name="admission">The operation.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpPost]
    [Authorize(Policies.Session)]
    [ProducesResponseType<UserClusterMemberView>(StatusCodes.Status201Created)]
    [Refuses(
        "validation-failed",
        "key-unsupported",
        "node-id-invalid",
        "signature-invalid",
        "cluster-unknown",
        "cluster-full",
        "member-exists",
        "node-id-taken")]
    public Task<Answer> Join(
        [FromRoute] ClusterReference cluster,
        [JsonBody] JoinClusterRequest request,
        [FromServices] MemberAdmission admission,
        CancellationToken ct) =>
        admission.ExecuteAsync(HttpContext, cluster, request, ct);

    /// <summary>Lists a cluster's members, in the order of joining</summary>
    /// <remarks>To a user who let a member in, to the cluster's creator, or to an administrator. All are in one answer.</remarks>
    /// <param name="cluster">The cluster's name or its id.</param>
    /// <param name="which">Which ones: bit i stands for the i-th present member. All of them where it is left out.</param>
    /// <param name="list">The operation.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpGet]
    [Authorize(Policies.User)]
    [ProducesResponseType<Page<UserClusterMemberView>>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "cluster-unknown")]
    public Task<Answer> List(
        [FromRoute] ClusterReference cluster,
        [FromQuery] MemberMask? which,
        [FromServices] ListMembers list,
        CancellationToken ct) =>
        list.ExecuteAsync(cluster, which ?? MemberMask.All, Caller.Of(HttpContext), ct);

    /// <summary>Removes a member from a cluster</summary>
    /// <remarks>By the user who let it in, the cluster's creator, or an administrator.</remarks>
    /// <param name="cluster">The cluster's name or its id.</param>
    /// <param name="nodeId">The member.</param>
    /// <param name="writes">The operation.</param>
    /// <param name="audit">Where it is recorded.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpDelete("{nodeId}")]
    [Authorize(Policies.User)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Refuses("validation-failed", "cluster-unknown", "member-unknown")]
    public Task<Answer> Remove(
        [FromRoute] ClusterReference cluster,
        [FromRoute] NodeId nodeId,
        [FromServices] Writes writes,
        [FromServices] AuditLog audit,
        CancellationToken ct) =>
        writes.ExecuteAsync(
            HttpContext,
            new RemoveMember(cluster, nodeId, Caller.Of(HttpContext), audit),
            static outcome => outcome switch
            {
                Removal.Done => Answer.NoContent(),
                Removal.Forbidden => Answer.Refuse(ApiProblem.Forbidden),
                Removal.MemberUnknown => Answer.Refuse(ApiProblem.MemberUnknown),
                _ => Answer.Refuse(ApiProblem.ClusterUnknown),
            },
            ct);
}
