using Repository.Domain.Encoding;
using Repository.Domain.Resources;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Resources;

/// <summary>Reads all that a fetch depends on with one statement: one round trip, one snapshot, every part found by an index.</summary>
internal static class WindowReader
{
    // Guids have one spelling and no wildcard in it, so a list holds one where its JSON holds it between quotation marks. Of a resource
    // alone both sides are the same row.
    private static readonly Statement Facts = new(
        """
        SELECT own.created_date, peer.created_date,
               (own.allowed_peers = '"any"' OR (own.allowed_peers = '"own"' AND own.owner_guid = peer.owner_guid)
                OR own.allowed_peers LIKE ('%"' || $1 || '"%'))
               AND (peer.allowed_peers = '"any"' OR (peer.allowed_peers = '"own"' AND peer.owner_guid = own.owner_guid)
                OR peer.allowed_peers LIKE ('%"' || $2 || '"%')),
               known.sealed_key, known.pinned_date, known.retired_date
        FROM resources own
        JOIN resources peer ON peer.resource_guid = $3 AND NOT peer.is_deleted
        LEFT JOIN window_keys known ON known.first_guid = $4 AND known.second_guid = $5 AND known.window_start = $6
        WHERE own.resource_guid = $7 AND NOT own.is_deleted
        """);

    /// <summary>The facts as the reader sees them.</summary>
    /// <param name="reader">The database, or a transaction.</param>
    /// <param name="window">The window; which of a pair asks makes no difference.</param>
    /// <param name="ct">Ends the read.</param>
    /// <returns>Null when there is no such resource.</returns>
    public static async ValueTask<WindowFacts?> ReadWindowAsync(this IStatementReader reader, Window window, CancellationToken ct)
    {
        var (first, second) = (SqlValue.Of(window.First), SqlValue.Of(window.Second));
        var rows = await reader.QueryAsync(
            Facts,
            [
                SqlValue.Of(window.Second.ToString()),
                SqlValue.Of(window.First.ToString()),
                second,
                first,
                second,
                SqlValue.Of(window.Start),
                first,
            ],
            ct);
        return rows is [var row] ? Read(row, window.IsPair) : null;
    }

    private static WindowFacts Read(SqlRow row, bool isPair) => new()
    {
        CreatedDate = row.Date(row.Number(0) > row.Number(1) ? 0 : 1),
        IsAdmitted = !isPair || row.Number(2) == 1,
        IsPinned = !row.IsNull(4),
        IsRetired = !row.IsNull(5),
        SealedKey = row.IsNull(3) ? null : row.Bytes(3),
    };
}
