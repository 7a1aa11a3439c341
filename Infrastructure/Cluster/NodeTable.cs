using Repository.Domain.Cluster;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Cluster;

/// <summary>The table of the nodes, past the model: a start that has nothing to do builds none.</summary>
internal static class NodeTable
{
    private static readonly Statement SelectAll = new(
        "SELECT name, ck, sk, cluster_endpoint, public_endpoint, dig_sig, state, last_seen_date FROM nodes ORDER BY id");

    private static readonly Statement TakeTurn = new("UPDATE cluster SET revision = revision + 1 WHERE id = 1");

    private static readonly Statement SelectState = new("SELECT state FROM nodes WHERE node_id = $1");

    private static readonly Statement Insert = new(
        """
        INSERT INTO nodes (node_id, name, ck, sk, cluster_endpoint, public_endpoint, dig_sig, state)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (node_id) DO NOTHING
        """);

    private static readonly Statement Update = new(
        """
        UPDATE nodes SET name = $1, ck = $2, cluster_endpoint = $3, public_endpoint = $4, dig_sig = $5 WHERE node_id = $6 AND state <> 2
        """);

    private static readonly Statement SetState = new("UPDATE nodes SET state = $1 WHERE node_id = $2 AND state <> $1");

    private static readonly Statement SetSeen = new("UPDATE nodes SET last_seen_date = $1 WHERE node_id = $2 AND state = 1");

    /// <summary>Every node in the order of joining.</summary>
    public static async ValueTask<Node[]> ReadNodesAsync(this IStatementReader reader, CancellationToken ct) =>
        [.. (await reader.QueryAsync(SelectAll, [], ct)).Select(Load)];

    /// <summary>
    /// Waits for the changes of other nodes to end; those after wait for this transaction's. Every statement after this one sees them.
    /// </summary>
    public static async ValueTask TakeTurnAsync(this WriteTransaction transaction, CancellationToken ct)
    {
        if (await transaction.ExecuteAsync(TakeTurn, [], ct) != 1)
        {
            throw new InvalidOperationException("The table cluster has lost its row.");
        }
    }

    /// <summary>What a node may do; null where there is none.</summary>
    public static async ValueTask<NodeState?> FindNodeStateAsync(this IStatementReader reader, NodeId node, CancellationToken ct) =>
        await reader.QueryAsync(SelectState, [SqlValue.Of(node)], ct) is [var row] ? (NodeState)row.Number(0) : null;

    /// <summary>Adds a node; false when it is there already.</summary>
    public static async ValueTask<bool> AddNodeAsync(this WriteTransaction transaction, MemberDescriptor node, byte[] digSig, NodeState state, CancellationToken ct) =>
        await transaction.ExecuteAsync(
            Insert,
            [
                SqlValue.Of(node.NodeId),
                SqlValue.Of(node.Name.ToString()),
                SqlValue.Of(node.Ck.Spki.ToArray()),
                SqlValue.Of(node.Sk.Spki.ToArray()),
                SqlValue.Of(node.Endpoints[0].ToString()),
                SqlValue.Of(node.Endpoints[1].ToString()),
                SqlValue.Of(digSig),
                SqlValue.Of((long)state),
            ],
            ct) == 1;

    /// <summary>Writes what a node says of itself now; false when it is not there, or disabled.</summary>
    public static async ValueTask<bool> DescribeNodeAsync(this WriteTransaction transaction, MemberDescriptor node, byte[] digSig, CancellationToken ct) =>
        await transaction.ExecuteAsync(
            Update,
            [
                SqlValue.Of(node.Name.ToString()),
                SqlValue.Of(node.Ck.Spki.ToArray()),
                SqlValue.Of(node.Endpoints[0].ToString()),
                SqlValue.Of(node.Endpoints[1].ToString()),
                SqlValue.Of(digSig),
                SqlValue.Of(node.NodeId),
            ],
            ct) == 1;

    /// <summary>Says what a node may do; false when it may already, or is not there.</summary>
    public static async ValueTask<bool> SetNodeStateAsync(this WriteTransaction transaction, NodeId node, NodeState state, CancellationToken ct) =>
        await transaction.ExecuteAsync(SetState, [SqlValue.Of((long)state), SqlValue.Of(node)], ct) == 1;

    /// <summary>Notes that a node serves; false when it may not.</summary>
    public static async ValueTask<bool> SeeNodeAsync(this WriteTransaction transaction, NodeId node, DateTimeOffset now, CancellationToken ct) =>
        await transaction.ExecuteAsync(SetSeen, [SqlValue.Of(now), SqlValue.Of(node)], ct) == 1;

    private static Node Load(SqlRow row) => new(
        Node.Describe(
            MemberName.Parse(row.Text(0)),
            MemberKey.Load(row.Bytes(1)),
            MemberKey.Load(row.Bytes(2)),
            LoadEndpoint(row.Text(3)),
            LoadEndpoint(row.Text(4))),
        row.Bytes(5),
        (NodeState)row.Number(6),
        row.IsNull(7) ? null : row.Date(7));

    private static MemberEndpoint LoadEndpoint(string stored) =>
        MemberEndpoint.TryParse(stored, out var endpoint) ? endpoint : throw new InvalidDataException("A node's row holds no endpoint.");
}
