using Repository.Domain.Audit;
using Repository.Domain.Cluster;
using Repository.Domain.Encoding;

namespace Repository.Api.Cluster;

/// <summary>What the audit log records of the users' clusters: never a name, a key or an endpoint.</summary>
internal static class UserClusterAudit
{
    /// <param name="actor">Who did it.</param>
    /// <param name="action">What was done, such as <c>cluster-created</c>.</param>
    /// <param name="cluster">What it was done to.</param>
    /// <param name="creator">Whose it is.</param>
    public static AuditEvent Entry(string actor, string action, NodeId cluster, HashIdentifier creator) =>
        new(actor, action, cluster.ToString(), $$"""{"creator":"{{creator}}"}""");

    /// <param name="actor">Who did it.</param>
    /// <param name="action">What was done, such as <c>cluster-member-joined</c>.</param>
    /// <param name="cluster">Where it was done.</param>
    /// <param name="member">The member.</param>
    /// <param name="user">In whose session it joined.</param>
    public static AuditEvent Entry(string actor, string action, NodeId cluster, NodeId member, HashIdentifier user) =>
        new(actor, action, cluster.ToString(), $$"""{"member":"{{member}}","user":"{{user}}"}""");
}
