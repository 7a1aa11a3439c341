using Repository.Api.Hosting.Callers;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Cluster;

/// <summary>What became of a deletion.</summary>
internal enum Deletion
{
    Done,
    ClusterUnknown,

    /// <summary>The caller did not create it.</summary>
    Forbidden,
}

/// <summary>Deletes a cluster with its members. Its name is free again.</summary>
internal sealed class DeleteCluster(ClusterReference reference, Caller caller, AuditLog audit) : WriteOperation<Deletion>
{
    private static readonly Statement SelectIds = new("SELECT node_id FROM cluster_members WHERE cluster = $1 ORDER BY node_id");

    private static readonly Statement DeleteMembers = new("DELETE FROM cluster_members WHERE cluster = $1");

    private static readonly Statement Delete = new("DELETE FROM clusters WHERE id = $1");

    public override async ValueTask<Deletion> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        if (await transaction.HoldAsync(reference, ct) is not { } cluster)
        {
            return Deletion.ClusterUnknown;
        }

        if (!caller.MayActAs(cluster.CreatorGuid))
        {
            return Deletion.Forbidden;
        }

        // At most 64, and in one order, so that two deletions never wait for each other.
        SqlValue[] row = [SqlValue.Of(cluster.Row)];
        foreach (var member in await transaction.QueryAsync(SelectIds, row, ct))
        {
            await transaction.ReleaseIdAsync(NodeId.Load(member.Bytes(0)), ct);
        }

        await transaction.ExecuteAsync(DeleteMembers, row, ct);
        await transaction.ExecuteAsync(Delete, row, ct);
        await audit.AppendAsync(
            transaction,
            UserClusterAudit.Entry(caller.Actor, "cluster-deleted", cluster.ClusterId, cluster.CreatorGuid),
            ct);
        return Deletion.Done;
    }
}
