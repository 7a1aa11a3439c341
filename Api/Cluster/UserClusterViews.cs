using Repository.Domain.Cluster;

namespace Repository.Api.Cluster;

/// <summary>A cluster of the users' own, as anyone sees it.</summary>
/// <param name="ClusterId">Its id, 64 lower-case hex digits.</param>
/// <param name="Name">Its name.</param>
/// <param name="MaxSize">How many members it takes: 2 to 64.</param>
/// <param name="EndpointCount">How many endpoints a member has at least.</param>
/// <param name="Attrs">Bits of its creator's.</param>
/// <param name="Size">How many members it has.</param>
/// <param name="CreatorGuid">The user who created it.</param>
/// <param name="CreatedDate">When it was created.</param>
public sealed record UserClusterView(
    string ClusterId,
    string Name,
    int MaxSize,
    int EndpointCount,
    long Attrs,
    int Size,
    string CreatorGuid,
    DateTimeOffset CreatedDate)
{
    internal static UserClusterView Of(UserCluster cluster) => new(
        cluster.ClusterId.ToString(),
        cluster.Name.ToString(),
        cluster.MaxSize,
        cluster.EndpointCount,
        cluster.Attrs,
        cluster.Size,
        cluster.CreatorGuid.ToString(),
        cluster.CreatedDate);
}

/// <summary>A member of a cluster of the users' own: what it signed, so that whoever reads it can check it, and who let it in.</summary>
/// <param name="NodeId">Its id, 40 or 64 lower-case hex digits.</param>
/// <param name="Name">Its name.</param>
/// <param name="Attrs">Bits of its own.</param>
/// <param name="Ck">PEM of the RSA key that others encrypt to.</param>
/// <param name="Sk">PEM of the RSA key that it signs with.</param>
/// <param name="Endpoints">Where it is reached: <c>host:port</c> each.</param>
/// <param name="DigSig">Base64 of its signature of all this (docs/formats.md).</param>
/// <param name="UserGuid">The user in whose session it joined.</param>
/// <param name="JoinedDate">When it joined.</param>
public sealed record UserClusterMemberView(
    string NodeId,
    string Name,
    long Attrs,
    string Ck,
    string Sk,
    IReadOnlyList<string> Endpoints,
    string DigSig,
    string UserGuid,
    DateTimeOffset JoinedDate)
{
    internal static UserClusterMemberView Of(ClusterMember member) => new(
        member.NodeId.ToString(),
        member.Name.ToString(),
        member.Attrs,
        MemberKey.Load(member.Ck).ToPem(),
        MemberKey.Load(member.Sk).ToPem(),
        member.Endpoints.Split(' '),
        Convert.ToBase64String(member.DigSig),
        member.UserGuid.ToString(),
        member.JoinedDate);

    internal static UserClusterMemberView Of(NewMember joined) => new(
        joined.Descriptor.NodeId.ToString(),
        joined.Descriptor.Name.ToString(),
        joined.Descriptor.Attrs,
        joined.Descriptor.Ck.ToPem(),
        joined.Descriptor.Sk.ToPem(),
        [.. joined.Descriptor.Endpoints.Select(static endpoint => endpoint.ToString())],
        Convert.ToBase64String(joined.DigSig),
        joined.UserGuid.ToString(),
        joined.JoinedDate);
}
