using Repository.Domain.Audit;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Cluster;

/// <summary>How this node comes to the nodes of its database.</summary>
/// <param name="Descriptor">What it says of itself.</param>
/// <param name="DigSig">Its signature of that.</param>
/// <param name="TokenHash">Of the join token that it was given; null without one.</param>
/// <param name="Issuer">Its <c>Repository:Issuer</c>; null where that is not set.</param>
/// <param name="IsAlone">Whether the database is embedded, so that no other server can ever be at it.</param>
internal sealed record StartingNode(MemberDescriptor Descriptor, byte[] DigSig, byte[]? TokenHash, string? Issuer, bool IsAlone)
{
    public NodeId Id => Descriptor.NodeId;
}

/// <summary>
/// Brings a starting node to its place, one node after the other: the first admits itself, one with a token uses it, another waits. Which of
/// several that start at once is the first, and which of two with one token has it, is decided here and nowhere else.
/// </summary>
/// <returns>What is wrong with its issuer, in words for the operator; null when the node is in its place.</returns>
internal sealed class StartNode(StartingNode node, DateTimeOffset now, AuditLog audit) : WriteOperation<string?>
{
    private static readonly Statement CountNodes = new("SELECT COUNT(*) FROM nodes");

    /// <summary>The nodes that served at an embedded database before this one. What an administrator entered by hand never served.</summary>
    private static readonly Statement Replace = new(
        "UPDATE nodes SET state = 2 WHERE node_id <> $1 AND state = 1 AND last_seen_date IS NOT NULL");

    public override async ValueTask<string?> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        await transaction.TakeTurnAsync(ct);
        if (await DeploymentIssuer.AgreeAsync(transaction, node, now, ct) is { } mismatch)
        {
            return mismatch;
        }

        var action = await AdmitAsync(transaction, ct);
        await transaction.SeeNodeAsync(node.Id, now, ct);
        if (action is not null)
        {
            await audit.AppendAsync(transaction, new AuditEvent("server", action, node.Id.ToString()), ct);
        }

        return null;
    }

    /// <returns>What happened, for the audit log; null when the node stays what it was.</returns>
    private async ValueTask<string?> AdmitAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var isFirst = (await transaction.QueryAsync(CountNodes, [], ct))[0].Number(0) == 0;
        var isNew = await transaction.AddNodeAsync(node.Descriptor, node.DigSig, isFirst ? NodeState.Active : NodeState.Waiting, ct);
        if (isFirst)
        {
            return "node-admitted";
        }

        var state = await transaction.FindNodeStateAsync(node.Id, ct);
        if (state == NodeState.Waiting && node.TokenHash is { } token && await transaction.UseJoinTokenAsync(token, now, ct))
        {
            await transaction.SetNodeStateAsync(node.Id, NodeState.Active, ct);
            return "node-joined";
        }

        if (state != NodeState.Active && node.IsAlone)
        {
            await transaction.ExecuteAsync(Replace, [SqlValue.Of(node.Id)], ct);
            await transaction.SetNodeStateAsync(node.Id, NodeState.Active, ct);
            return "node-replaced";
        }

        return isNew ? "node-waiting" : null;
    }
}
