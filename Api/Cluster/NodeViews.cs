using Repository.Domain.Cluster;
using Repository.Infrastructure.Cluster;

namespace Repository.Api.Cluster;

/// <summary>The nodes of this deployment.</summary>
/// <param name="NodeId">The one that answers.</param>
/// <param name="Nodes">All of them, in the order of joining; those that wait are shown to administrators only.</param>
public sealed record ClusterView(string NodeId, IReadOnlyList<NodeView> Nodes)
{
    internal static ClusterView Of(NodeId self, IEnumerable<Node> nodes, bool withWaiting) =>
        new(self.ToString(), [.. nodes.Where(node => withWaiting || node.State != NodeState.Waiting).Select(NodeView.Of)]);
}

/// <summary>A node's descriptor, which it signed (docs/formats.md), and what it may do.</summary>
/// <param name="NodeId">SHA-256 of the SPKI of <c>sk</c>: 64 lower-case hex digits.</param>
/// <param name="Name">What it is called.</param>
/// <param name="State"><c>active</c>, <c>waiting</c> or <c>disabled</c>.</param>
/// <param name="PublicEndpoint">Where clients reach it: <c>host:port</c>.</param>
/// <param name="ClusterEndpoint">Where other nodes reach its private port; the public endpoint again where it has none.</param>
/// <param name="Ck">PEM of the key that others encrypt to.</param>
/// <param name="Sk">PEM of the key that it signs with.</param>
/// <param name="DigSig">Base64 of its signature by <c>sk</c>.</param>
/// <param name="LastSeenDate">When it last said that it serves; null where it never did.</param>
public sealed record NodeView(
    string NodeId,
    string Name,
    string State,
    string PublicEndpoint,
    string ClusterEndpoint,
    string Ck,
    string Sk,
    string DigSig,
    DateTimeOffset? LastSeenDate)
{
    public const string Active = "active";
    public const string Waiting = "waiting";
    public const string Disabled = "disabled";

    internal static NodeView Of(Node node) => new(
        node.Id.ToString(),
        node.Descriptor.Name.ToString(),
        Spell(node.State),
        node.PublicEndpoint.ToString(),
        node.ClusterEndpoint.ToString(),
        node.Descriptor.Ck.ToPem(),
        node.Descriptor.Sk.ToPem(),
        Convert.ToBase64String(node.DigSig),
        node.LastSeenDate);

    private static string Spell(NodeState state) => state switch
    {
        NodeState.Active => Active,
        NodeState.Waiting => Waiting,
        _ => Disabled,
    };
}

/// <summary>A join token, which is shown this once.</summary>
/// <param name="Token">For <c>Cluster:JoinToken</c> of a node that is to join, or as its bearer.</param>
/// <param name="ExpiresDate">Until then it admits one node.</param>
public sealed record JoinTokenView(string Token, DateTimeOffset ExpiresDate);
