using Microsoft.EntityFrameworkCore;

namespace Repository.Api.Hosting.Requests;

/// <summary>Reads one part of a list; the query is filtered and ordered by the number that its cursors hold.</summary>
internal static class Lists
{
    public static async Task<Page<TView>> ToPageAsync<TRow, TView>(
        this IQueryable<TRow> rows,
        PageLimit? limit,
        Func<TRow, long> position,
        Func<TRow, TView> view,
        CancellationToken ct)
    {
        // One more row than asked for tells whether there is a next part.
        var count = limit?.Value ?? PageLimit.Default;
        var read = await rows.Take(count + 1).ToListAsync(ct);
        var next = read.Count > count ? new Cursor(position(read[count - 1])).ToString() : null;
        return new Page<TView>([.. read.Take(count).Select(view)], next);
    }
}
