using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Cluster;

/// <summary>The nodes of this deployment.</summary>
[Route("v1/cluster")]
[ServiceTag("Cluster")]
internal sealed class ClusterController(NodeDirectory directory, NodeIdentity identity) : ControllerBase
{
    /// <summary>Shows the nodes of this deployment, in the order of joining</summary>
    /// <remarks>Each signed its own descriptor, so anyone can check it with its public keys alone. Nodes that wait to be admitted are shown to administrators only.</remarks>
    [HttpGet]
    [AllowAnonymous]
    [ProducesResponseType<ClusterView>(StatusCodes.Status200OK)]
    [Refuses]
    public async Task<Answer> Get(CancellationToken ct) =>
        Answer.Ok(ClusterView.Of(identity.Id, await directory.RefreshAsync(ct), Caller.Of(HttpContext).IsAdministrator));

    /// <summary>Makes a join token</summary>
    /// <remarks>It admits one node, once, and is shown this once. An <c>Idempotency-Key</c> is ignored.</remarks>
    [HttpPost("join-tokens")]
    [Authorize(Policies.Administrator)]
    [IgnoresIdempotencyKey]
    [HasNoLocation]
    [ProducesResponseType<JoinTokenView>(StatusCodes.Status201Created)]
    [Refuses("validation-failed", "overloaded", "body-too-large", "unsupported-media-type")]
    public async Task<Answer> CreateJoinToken(
        [FromServices] IWriteQueue writes,
        [FromServices] IOptions<ClusterOptions> options,
        [FromServices] AuditLog audit,
        [FromServices] TimeProvider clock,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (token, expiresDate) = (PlainJoinToken.Draw(), now + options.Value.JoinTokenLifetime);
        await writes.ExecuteAsync(new CreateJoinToken(token, now, expiresDate, Caller.Of(HttpContext).Actor, audit), ct);
        return Answer.Created(new JoinTokenView(token.Reveal(), expiresDate));
    }

    /// <summary>Admits a node</summary>
    /// <remarks>
    /// By an administrator, or with a join token as bearer, which is used up by it. The node signs what it says of itself (<c>docs/formats.md</c>
    /// has the bytes). One that waits is admitted; one that is there, or was disabled, is not.
    /// </remarks>
    [HttpPost("nodes")]
    [Authorize(Policies.Admission)]
    [ProducesResponseType<NodeView>(StatusCodes.Status201Created)]
    [Refuses("validation-failed", "key-unsupported", "signature-invalid", "node-exists")]
    public Task<Answer> Admit([JsonBody] AdmitNodeRequest request, [FromServices] NodeEntrance entrance, CancellationToken ct) =>
        entrance.ExecuteAsync(HttpContext, request, ct);

    /// <summary>Admits, disables or enables a node</summary>
    /// <remarks>A disabled node is cut off, and stops to serve by itself, within 5 s. The last node that serves cannot be disabled.</remarks>
    [HttpPatch("nodes/{nodeId}")]
    [Authorize(Policies.Administrator)]
    [ProducesResponseType<NodeView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "node-unknown", "last-node")]
    public Task<Answer> Update(
        [FromRoute] NodeId nodeId,
        [JsonBody] UpdateNodeRequest request,
        [FromServices] NodeChange change,
        CancellationToken ct) =>
        change.ExecuteAsync(HttpContext, nodeId, request, ct);
}
