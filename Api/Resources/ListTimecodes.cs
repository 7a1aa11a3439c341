using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Resources;

/// <summary>A pinned window.</summary>
/// <param name="WindowStart">Its first second.</param>
/// <param name="WindowEnd">The first second after it.</param>
/// <param name="Peer">The other side of a pair; null where it is the resource's own.</param>
/// <param name="PinnedDate">When it was pinned.</param>
public sealed record TimecodeView(long WindowStart, long WindowEnd, string? Peer, DateTimeOffset PinnedDate);

/// <summary>Lists a resource's pinned windows to its owner, those of pairs too, whichever side pinned them; in the order of pinning.</summary>
internal sealed class ListTimecodes(RepositoryDbContext db, Database database)
{
    // Windows that were pinned at the same moment go by start and guids, so that the order is the same on every page.
    private static readonly Statement Select = new(
        """
        SELECT pinned_date, window_start, first_guid, second_guid FROM window_keys
        WHERE (first_guid = $1 OR second_guid = $1) AND pinned_date IS NOT NULL
          AND (pinned_date, window_start, first_guid, second_guid) > ($2, $3, $4, $5)
        ORDER BY pinned_date, window_start, first_guid, second_guid LIMIT $6
        """);

    public async Task<Answer> ExecuteAsync(HashIdentifier resource, Caller caller, TimecodeCursor? after, PageLimit? limit, CancellationToken ct)
    {
        if (!await db.Resources.OfCaller(caller, resource).AnyAsync(ct))
        {
            return Answer.Refuse(ApiProblem.ResourceUnknown);
        }

        // One more row than asked for tells whether there is a next part.
        var count = limit?.Value ?? PageLimit.Default;
        var from = Window.At(resource, after?.Peer, after?.WindowStart ?? 0);
        var rows = await database.QueryAsync(
            Select,
            [
                SqlValue.Of(resource),
                SqlValue.Of(after?.PinnedTicks ?? 0),
                SqlValue.Of(from.Start),
                SqlValue.Of(from.First),
                SqlValue.Of(from.Second),
                SqlValue.Of(count + 1),
            ],
            ct);
        var next = rows.Count > count ? CursorOf(rows[count - 1], resource).ToString() : null;
        return Answer.Ok(new Page<TimecodeView>([.. rows.Take(count).Select(row => ViewOf(row, resource))], next));
    }

    private static TimecodeView ViewOf(SqlRow row, HashIdentifier resource) => new(
        row.Number(1),
        row.Number(1) + Timecode.WindowSeconds,
        PeerOf(row, resource)?.ToString(),
        row.Date(0));

    private static TimecodeCursor CursorOf(SqlRow row, HashIdentifier resource) => new(row.Number(0), row.Number(1), PeerOf(row, resource));

    private static HashIdentifier? PeerOf(SqlRow row, HashIdentifier resource)
    {
        var (first, second) = (HashIdentifier.Load(row.Bytes(2)), HashIdentifier.Load(row.Bytes(3)));
        return first == second ? null : first == resource ? second : first;
    }
}
