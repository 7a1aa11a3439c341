using Repository.Api.Hosting;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Coffer;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Coffer;

/// <summary>Reads shards without their values, in the order of their keys; a part of the list is of one moment.</summary>
internal sealed class ReadShards(Database database)
{
    private const string Columns =
        """
        SELECT s.client_key, s.name, s.version, l.software_guid, x.key, x.type, x.changed_date FROM
        """;

    private const string Joins =
        """
         s LEFT JOIN coffer_licences l ON l.client_key = s.client_key
        LEFT JOIN coffer_secrets x ON x.client_key = s.client_key
        ORDER BY s.client_key, x.key
        """;

    private static readonly Statement SelectOne = new($"{Columns} (SELECT * FROM coffer_shards WHERE client_key = $1){Joins}");

    private static readonly Statement SelectFirst = new($"{Columns} (SELECT * FROM coffer_shards ORDER BY client_key LIMIT $1){Joins}");

    private static readonly Statement SelectNext =
        new($"{Columns} (SELECT * FROM coffer_shards WHERE client_key > $1 ORDER BY client_key LIMIT $2){Joins}");

    /// <returns>Null when there is none.</returns>
    public async Task<ShardView?> FindAsync(ClientKey client, CancellationToken ct) =>
        ViewsOf(await database.QueryAsync(SelectOne, [SqlValue.Of(client)], ct)).SingleOrDefault();

    public async Task<Page<ShardView>> ListAsync(ShardCursor? after, PageLimit? limit, CancellationToken ct)
    {
        // One more shard than asked for tells whether there is a next part.
        var count = limit?.Value ?? PageLimit.Default;
        var rows = after is { } cursor
            ? await database.QueryAsync(SelectNext, [SqlValue.Of(cursor.Client), SqlValue.Of(count + 1)], ct)
            : await database.QueryAsync(SelectFirst, [SqlValue.Of(count + 1)], ct);
        var shards = ViewsOf(rows);
        var next = shards.Count > count ? new ShardCursor(KeyOf(shards[count - 1])).ToString() : null;
        return new Page<ShardView>([.. shards.Take(count)], next);
    }

    private static ClientKey KeyOf(ShardView shard) => ClientKey.TryParse(shard.PublicKey, out var key) ? key : throw new FormatException();

    private static List<ShardView> ViewsOf(IReadOnlyList<SqlRow> rows) =>
    [
        .. rows.GroupBy(static row => ClientKey.Load(row.Bytes(0))).Select(static shard => ViewOf(shard.Key, [.. shard])),
    ];

    private static ShardView ViewOf(ClientKey client, List<SqlRow> rows) => new(
        client.ToString(),
        TextOf(rows[0], 1),
        rows[0].Number(2),
        [.. rows.Where(static row => !row.IsNull(4)).Select(SecretOf)],
        rows[0].IsNull(3) ? null : new LicenceView(HashIdentifier.Load(rows[0].Bytes(3)).ToString()));

    private static SecretView SecretOf(SqlRow row) => new(TextOf(row, 4), ((SecretType)row.Number(5)).Spell(), row.Date(6));

    private static string TextOf(SqlRow row, int column) => System.Text.Encoding.UTF8.GetString(row.Bytes(column));
}
