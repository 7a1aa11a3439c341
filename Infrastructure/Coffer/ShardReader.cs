using Repository.Domain.Coffer;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Coffer;

/// <summary>
/// Reads shards, whole and of one moment. Their secrets are opened once and kept, a bounded number of shards; the version is read at every
/// use, so that a change counts from the next use on, at every node.
/// </summary>
internal sealed class ShardReader(Database database, SecretSeal seal, KeptShards kept)
{
    private static readonly Statement SelectVersions = new(
        """
        SELECT c.version, s.version, l.software_guid FROM coffer_shards s
        JOIN coffer c ON c.id = 1
        LEFT JOIN coffer_licences l ON l.client_key = s.client_key
        WHERE s.client_key = $1
        """);

    // With the versions again: the secrets are those of this statement's snapshot, whatever the other one saw.
    private static readonly Statement SelectSecrets = new(
        """
        SELECT c.version, s.version, l.software_guid, x.key, x.sealed_value FROM coffer_shards s
        JOIN coffer c ON c.id = 1
        LEFT JOIN coffer_licences l ON l.client_key = s.client_key
        LEFT JOIN coffer_secrets x ON x.client_key = s.client_key
        WHERE s.client_key = $1
        ORDER BY x.key
        """);

    /// <summary>The shard of a client key.</summary>
    /// <param name="client">The client key.</param>
    /// <param name="ct">Ends the read.</param>
    /// <returns>Null when there is none.</returns>
    public async ValueTask<Shard?> FindAsync(ClientKey client, CancellationToken ct)
    {
        var key = SqlValue.Of(client);
        if (await database.QueryAsync(SelectVersions, [key], ct) is not [var versions])
        {
            return null;
        }

        if (kept.Find(client, versions.Number(1)) is { } secrets)
        {
            return ShardOf(versions, secrets);
        }

        var rows = await database.QueryAsync(SelectSecrets, [key], ct);
        if (rows is not [var first, ..])
        {
            return null;
        }

        var opened = new ShardSecrets(first.Number(1), [.. rows.Where(static row => !row.IsNull(3)).Select(row => seal.Open(client, row.Bytes(3), row.Bytes(4)))]);
        kept.Add(client, opened);
        return ShardOf(first, opened);
    }

    private static Shard ShardOf(SqlRow row, ShardSecrets secrets) => new(
        row.Number(0),
        row.IsNull(2) ? null : Domain.Encoding.HashIdentifier.Load(row.Bytes(2)),
        secrets);
}
