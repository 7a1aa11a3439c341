using FluentValidation;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Audit;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Cluster;

/// <param name="Name">1 to 128 of A-Z, a-z, 0-9 and _, not beginning with a digit, and not 40 or 64 hex digits.</param>
/// <param name="Ck">PEM of the RSA key (2048 or 3072 bits) that others encrypt to.</param>
/// <param name="Sk">PEM of the RSA key (2048 or 3072 bits) that it signs with.</param>
/// <param name="PublicEndpoint">Where clients reach it: <c>host:port</c>.</param>
/// <param name="ClusterEndpoint">Where other nodes reach its private port: <c>host:port</c>.</param>
/// <param name="DigSig">Base64 of its signature by <c>sk</c> (docs/formats.md), with attrs 0 and the endpoints cluster, public.</param>
public sealed record AdmitNodeRequest(string Name, string Ck, string Sk, string PublicEndpoint, string ClusterEndpoint, string DigSig);

internal sealed class AdmitNodeRequestValidator : AbstractValidator<AdmitNodeRequest>
{
    public AdmitNodeRequestValidator()
    {
        RuleFor(request => request.Name).Spells<AdmitNodeRequest, MemberName>();
        RuleFor(request => request.PublicEndpoint).Spells<AdmitNodeRequest, MemberEndpoint>();
        RuleFor(request => request.ClusterEndpoint).Spells<AdmitNodeRequest, MemberEndpoint>();
        RuleFor(request => request.DigSig).IsBase64UpTo(MemberDescriptor.MaxGivenSignatureSize);
    }
}

/// <summary>What became of a node that was to be admitted.</summary>
internal enum NodeEntry
{
    Done,
    NodeExists,

    /// <summary>Another node has used the token since it was recognised.</summary>
    TokenUsed,
}

/// <summary>
/// Admits a node whose signature holds, one after the other: a new one, or one that waits. A join token is used up by that, and by nothing else.
/// </summary>
/// <param name="node">The node.</param>
/// <param name="digSig">Its signature.</param>
/// <param name="by">Who admits it.</param>
/// <param name="now">The present time.</param>
/// <param name="audit">Where it is recorded.</param>
internal sealed class AdmitNode(MemberDescriptor node, byte[] digSig, Admitter by, DateTimeOffset now, AuditLog audit) : WriteOperation<NodeEntry>
{
    public override async ValueTask<NodeEntry> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        await transaction.TakeTurnAsync(ct);
        var state = await transaction.FindNodeStateAsync(node.NodeId, ct);
        if (state is not (null or NodeState.Waiting))
        {
            return NodeEntry.NodeExists;
        }

        if (by.TokenHash is { } token && !await transaction.UseJoinTokenAsync(token, now, ct))
        {
            return NodeEntry.TokenUsed;
        }

        if (state is null)
        {
            await transaction.AddNodeAsync(node, digSig, NodeState.Active, ct);
        }
        else
        {
            await transaction.DescribeNodeAsync(node, digSig, ct);
            await transaction.SetNodeStateAsync(node.NodeId, NodeState.Active, ct);
        }

        await audit.AppendAsync(transaction, new AuditEvent(by.Actor, "node-admitted", node.NodeId.ToString()), ct);
        return NodeEntry.Done;
    }
}

/// <summary>Who admits a node.</summary>
/// <param name="Actor">The name in the audit log.</param>
/// <param name="TokenHash">Of the join token, where it is one.</param>
internal sealed record Admitter(string Actor, byte[]? TokenHash);
