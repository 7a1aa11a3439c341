using Repository.Domain.Cluster;

namespace Repository.Infrastructure.Cluster;

/// <summary>A node of this deployment as its row has it: its descriptor, signed by itself, and what it may do.</summary>
/// <param name="Descriptor">What it says of itself; the endpoints are the private port's and the public one's, in this order.</param>
/// <param name="DigSig">Its signature of that.</param>
/// <param name="State">What it may do.</param>
/// <param name="LastSeenDate">When it last said that it serves; null where it never did.</param>
internal sealed record Node(MemberDescriptor Descriptor, byte[] DigSig, NodeState State, DateTimeOffset? LastSeenDate)
{
    public NodeId Id => Descriptor.NodeId;

    public bool IsActive => State == NodeState.Active;

    /// <summary>Where other nodes reach it; the same as <see cref="PublicEndpoint"/> where it has no private port.</summary>
    public MemberEndpoint ClusterEndpoint => Descriptor.Endpoints[0];

    /// <summary>Where clients reach it.</summary>
    public MemberEndpoint PublicEndpoint => Descriptor.Endpoints[1];

    public bool HasPrivatePort => ClusterEndpoint != PublicEndpoint;

    /// <summary>What a node of this deployment says of itself.</summary>
    public static MemberDescriptor Describe(MemberName name, MemberKey ck, MemberKey sk, MemberEndpoint clusterEndpoint, MemberEndpoint publicEndpoint) =>
        new(name, sk.NodeId, Attrs: 0, ck, sk, [clusterEndpoint, publicEndpoint]);
}
