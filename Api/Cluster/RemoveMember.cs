using Repository.Api.Hosting.Callers;
using Repository.Domain.Cluster;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Cluster;

/// <summary>What became of a removal.</summary>
internal enum Removal
{
    Done,
    ClusterUnknown,
    MemberUnknown,

    /// <summary>The caller neither let the member in nor created the cluster.</summary>
    Forbidden,
}

/// <summary>Removes a member from a cluster: its place is free again, and its id where it is in no other cluster.</summary>
internal sealed class RemoveMember(ClusterReference reference, NodeId member, Caller caller, AuditLog audit) : WriteOperation<Removal>
{
    private static readonly Statement SelectUser = new("SELECT user_guid FROM cluster_members WHERE cluster = $1 AND node_id = $2");

    public override async ValueTask<Removal> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        if (await transaction.HoldAsync(reference, ct) is not { } cluster)
        {
            return Removal.ClusterUnknown;
        }

        if (await transaction.QueryAsync(SelectUser, [SqlValue.Of(cluster.Row), SqlValue.Of(member)], ct) is not [var row])
        {
            return Removal.MemberUnknown;
        }

        var user = HashIdentifier.Load(row.Bytes(0));
        if (!caller.MayActAs(user) && !caller.MayActAs(cluster.CreatorGuid))
        {
            return Removal.Forbidden;
        }

        await transaction.DeleteMemberAsync(cluster.Row, member, ct);
        await transaction.GiveBackPlaceAsync(cluster.Row, ct);
        await transaction.ReleaseIdAsync(member, ct);
        await audit.AppendAsync(
            transaction,
            UserClusterAudit.Entry(caller.Actor, "cluster-member-removed", cluster.ClusterId, member, user),
            ct);
        return Removal.Done;
    }
}
