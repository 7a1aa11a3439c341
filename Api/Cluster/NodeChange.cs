using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Cluster;

namespace Repository.Api.Cluster;

/// <summary>Changes what a node may do, and follows at once where it is this one.</summary>
internal sealed class NodeChange(Writes writes, NodeDirectory directory, NodeIdentity identity, AuditLog audit, TimeProvider clock)
{
    public async Task<Answer> ExecuteAsync(HttpContext context, NodeId nodeId, UpdateNodeRequest request, CancellationToken ct)
    {
        var state = string.Equals(request.State, NodeView.Active, StringComparison.Ordinal) ? NodeState.Active : NodeState.Disabled;
        var known = (await directory.RefreshAsync(ct)).FirstOrDefault(node => node.Id == nodeId);
        var update = new UpdateNode(nodeId, state, (identity.Id, clock.GetUtcNow()), Caller.Of(context).Actor, audit);
        var answer = await writes.ExecuteAsync(context, update, outcome => AnswerOf(outcome, known, state), ct);
        await directory.RefreshAsync(ct);
        return answer;
    }

    /// <summary>A node that came between the reading and the write is not known here yet, and neither can its caller know of it.</summary>
    private static Answer AnswerOf(NodeUpdate outcome, Node? known, NodeState state) => outcome switch
    {
        NodeUpdate.Done when known is not null => Answer.Ok(NodeView.Of(known with { State = state })),
        NodeUpdate.LastNode => Answer.Refuse(ApiProblem.LastNode),
        _ => Answer.Refuse(ApiProblem.NodeUnknown),
    };
}
