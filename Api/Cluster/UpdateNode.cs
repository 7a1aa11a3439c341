using FluentValidation;
using Repository.Domain.Audit;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Cluster;

/// <param name="State"><c>active</c> admits a node or lets it serve again; <c>disabled</c> cuts it off.</param>
public sealed record UpdateNodeRequest(string State);

internal sealed class UpdateNodeRequestValidator : AbstractValidator<UpdateNodeRequest>
{
    public UpdateNodeRequestValidator() =>
        RuleFor(request => request.State).Must(static state => state is NodeView.Active or NodeView.Disabled).WithMessage("must be active or disabled.");
}

/// <summary>What became of a node that was to be changed.</summary>
internal enum NodeUpdate
{
    Done,
    NodeUnknown,

    /// <summary>No other node would serve.</summary>
    LastNode,
}

/// <summary>
/// Says what a node may do, one change after the other: of the last two, which two callers disable at once, one stays. Only a node that serves
/// counts; one that was entered and never started would leave nobody to ask. A call that changes nothing is not audited.
/// </summary>
/// <param name="node">The node to be changed.</param>
/// <param name="state">What it may do from now on.</param>
/// <param name="here">The node that is asked, and so serves, and the present time.</param>
/// <param name="actor">Who asks.</param>
/// <param name="audit">Where it is recorded.</param>
internal sealed class UpdateNode(NodeId node, NodeState state, (NodeId Node, DateTimeOffset Date) here, string actor, AuditLog audit) : WriteOperation<NodeUpdate>
{
    private static readonly Statement CountOthersThatServe = new(
        "SELECT COUNT(*) FROM nodes WHERE state = 1 AND node_id <> $1 AND (node_id = $2 OR last_seen_date > $3)");

    public override async ValueTask<NodeUpdate> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        await transaction.TakeTurnAsync(ct);
        if (await transaction.FindNodeStateAsync(node, ct) is not { } before)
        {
            return NodeUpdate.NodeUnknown;
        }

        if (state == NodeState.Disabled && before == NodeState.Active && !await OthersServeAsync(transaction, ct))
        {
            return NodeUpdate.LastNode;
        }

        if (await transaction.SetNodeStateAsync(node, state, ct))
        {
            await audit.AppendAsync(transaction, new AuditEvent(actor, ActionOf(before), node.ToString()), ct);
        }

        return NodeUpdate.Done;
    }

    private async ValueTask<bool> OthersServeAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var heard = SqlValue.Of(here.Date - NodeWatch.SilentAfter);
        var rows = await transaction.QueryAsync(CountOthersThatServe, [SqlValue.Of(node), SqlValue.Of(here.Node), heard], ct);
        return rows[0].Number(0) > 0;
    }

    private string ActionOf(NodeState before) => (before, state) switch
    {
        (_, NodeState.Disabled) => "node-disabled",
        (NodeState.Waiting, _) => "node-admitted",
        _ => "node-enabled",
    };
}
