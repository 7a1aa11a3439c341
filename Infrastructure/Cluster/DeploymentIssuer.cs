using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Cluster;

/// <summary>
/// Keeps the nodes of one database at one <c>Repository:Issuer</c>: a token names it, and every node must take the tokens of the others. A node
/// that starts while no other serves says what it is, so a lone server may change its address.
/// </summary>
internal static class DeploymentIssuer
{
    private static readonly Statement Select = new("SELECT issuer FROM cluster WHERE id = 1");

    private static readonly Statement Set = new("UPDATE cluster SET issuer = $1 WHERE id = 1");

    private static readonly Statement OthersThatServe = new("SELECT COUNT(*) FROM nodes WHERE state = 1 AND last_seen_date > $1 AND node_id <> $2");

    /// <summary>Compares the issuer of a starting node with that of the nodes that serve, and keeps it where there are none.</summary>
    /// <returns>What is wrong, or null when they agree. An issuer is no secret.</returns>
    public static async ValueTask<string?> AgreeAsync(WriteTransaction transaction, StartingNode node, DateTimeOffset now, CancellationToken ct)
    {
        var row = (await transaction.QueryAsync(Select, [], ct))[0];
        var kept = row.IsNull(0) ? null : row.Text(0);
        if (string.Equals(kept, node.Issuer, StringComparison.Ordinal))
        {
            return null;
        }

        var seen = SqlValue.Of(now - NodeWatch.SilentAfter);
        if ((await transaction.QueryAsync(OthersThatServe, [seen, SqlValue.Of(node.Id)], ct))[0].Number(0) == 0)
        {
            await transaction.ExecuteAsync(Set, [SqlValue.Of(node.Issuer)], ct);
            return null;
        }

        return $"Repository:Issuer is {Name(node.Issuer)} here and {Name(kept)} at the nodes that serve this database. Set it alike at all of them; "
            + $"to change it, stop them all, and start the first again {NodeWatch.SilentAfter.TotalSeconds:0} s later.";
    }

    private static string Name(string? issuer) => issuer ?? "not set";
}
