using Repository.Domain.Cluster;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Cluster;

/// <summary>A cluster whose row is held: nobody else joins, is removed, or deletes it until the transaction ends.</summary>
internal sealed record HeldCluster(long Row, NodeId ClusterId, HashIdentifier CreatorGuid);

/// <summary>What the writes of clusters share.</summary>
internal static class HeldClusters
{
    /// <summary>Changes nothing: on PostgreSQL it waits for whoever else changes the cluster, and keeps them out.</summary>
    private static readonly Statement Hold = new(
        "UPDATE clusters SET size = size WHERE (name = $1 OR cluster_id = $2) RETURNING id, cluster_id, creator_guid");

    private static readonly Statement GiveBackPlace = new("UPDATE clusters SET size = size - 1 WHERE id = $1");

    private static readonly Statement Delete = new("DELETE FROM cluster_members WHERE cluster = $1 AND node_id = $2");

    private static readonly Statement ReleaseId = new("UPDATE member_ids SET uses = uses - 1 WHERE node_id = $1");

    private static readonly Statement FreeId = new("DELETE FROM member_ids WHERE node_id = $1 AND uses = 0");

    /// <returns>Null when there is no such cluster.</returns>
    public static async Task<HeldCluster?> HoldAsync(this WriteTransaction transaction, ClusterReference reference, CancellationToken ct) =>
        await transaction.QueryAsync(Hold, reference.Values, ct) is [var row]
            ? new HeldCluster(row.Number(0), NodeId.Load(row.Bytes(1)), HashIdentifier.Load(row.Bytes(2)))
            : null;

    public static async Task DeleteMemberAsync(this WriteTransaction transaction, long cluster, NodeId member, CancellationToken ct) =>
        await transaction.ExecuteAsync(Delete, [SqlValue.Of(cluster), SqlValue.Of(member)], ct);

    public static async Task GiveBackPlaceAsync(this WriteTransaction transaction, long cluster, CancellationToken ct) =>
        await transaction.ExecuteAsync(GiveBackPlace, [SqlValue.Of(cluster)], ct);

    /// <summary>Counts a member's use of an id of its own choice no more; the last one frees it.</summary>
    public static async Task ReleaseIdAsync(this WriteTransaction transaction, NodeId member, CancellationToken ct)
    {
        if (!member.IsHash)
        {
            await transaction.ExecuteAsync(ReleaseId, [SqlValue.Of(member)], ct);
            await transaction.ExecuteAsync(FreeId, [SqlValue.Of(member)], ct);
        }
    }
}
