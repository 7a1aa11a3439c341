using Repository.Domain.Encoding;

namespace Repository.Domain.Cluster;

/// <summary>A member of a <see cref="UserCluster"/>, with the descriptor that it signed.</summary>
public sealed class ClusterMember
{
    private ClusterMember(
        long cluster,
        MemberName name,
        NodeId nodeId,
        long attrs,
        byte[] ck,
        byte[] sk,
        string endpoints,
        byte[] digSig,
        HashIdentifier userGuid,
        DateTimeOffset joinedDate)
    {
        Cluster = cluster;
        Name = name;
        NodeId = nodeId;
        Attrs = attrs;
        Ck = ck;
        Sk = sk;
        Endpoints = endpoints;
        DigSig = digSig;
        UserGuid = userGuid;
        JoinedDate = joinedDate;
    }

    /// <summary>Rises in the order of joining.</summary>
    public long Id { get; private set; }

    /// <summary>The row of its cluster.</summary>
    public long Cluster { get; }

    public MemberName Name { get; }

    public NodeId NodeId { get; }

    public long Attrs { get; }

    /// <summary>SPKI of the key that others encrypt to.</summary>
    public byte[] Ck { get; }

    /// <summary>SPKI of the key that it signs with.</summary>
    public byte[] Sk { get; }

    /// <summary>Where it is reached, joined by spaces, which no endpoint has.</summary>
    public string Endpoints { get; }

    /// <summary>Its signature of the descriptor.</summary>
    public byte[] DigSig { get; }

    /// <summary>The user in whose session it joined.</summary>
    public HashIdentifier UserGuid { get; }

    public DateTimeOffset JoinedDate { get; }
}
