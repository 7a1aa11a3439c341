using Repository.Domain.Audit;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Audit;

/// <summary>The audit heads that nodes have signed, published for whoever audits the log: the newest few of each node.</summary>
internal sealed class CountersignatureTable(Database database, IWriteQueue writes)
{
    /// <summary>How many are kept of each node.</summary>
    public const int KeptPerNode = 4;

    private static readonly Statement SelectAll = new(
        "SELECT node_id, sequence, hash, date, signature FROM audit_countersignatures ORDER BY node_id, date DESC, sequence DESC");

    /// <summary>By node, the newest first.</summary>
    public async Task<IReadOnlyList<CountersignedHead>> ReadAsync(CancellationToken ct) =>
        [.. (await database.QueryAsync(SelectAll, [], ct)).Select(static row => new CountersignedHead(
            NodeId.Load(row.Bytes(0)), row.Number(1), row.Bytes(2), row.Date(3), row.Bytes(4)))];

    /// <summary>Publishes a head, in place of the oldest of its node. Published again, it stays.</summary>
    public Task PublishAsync(CountersignedHead head, CancellationToken ct) => writes.ExecuteAsync(new Publish(head), ct);

    private sealed class Publish(CountersignedHead head) : WriteOperation<int>
    {
        // A log that was set back reaches the same sequence again: what is signed then takes the place of what was.
        private static readonly Statement Upsert = new(
            """
            INSERT INTO audit_countersignatures (node_id, sequence, hash, date, signature) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (node_id, sequence) DO UPDATE SET hash = excluded.hash, date = excluded.date, signature = excluded.signature
            """);

        private static readonly Statement DeleteOld = new(
            """
            DELETE FROM audit_countersignatures WHERE node_id = $1 AND sequence NOT IN
                (SELECT sequence FROM audit_countersignatures WHERE node_id = $1 ORDER BY date DESC, sequence DESC LIMIT $2)
            """);

        public override async ValueTask<int> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
        {
            var node = SqlValue.Of(head.NodeId.ToByteArray());
            await transaction.ExecuteAsync(
                Upsert,
                [node, SqlValue.Of(head.Sequence), SqlValue.Of(head.Hash), SqlValue.Of(head.Date), SqlValue.Of(head.Signature)],
                ct);
            return await transaction.ExecuteAsync(DeleteOld, [node, SqlValue.Of(KeptPerNode)], ct);
        }
    }
}
