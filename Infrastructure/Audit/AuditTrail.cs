using Repository.Domain.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Audit;

/// <summary>
/// Reads the audit log past the model, for what looks at it every few seconds: whether it holds an entry that is known, and whether it goes
/// on from there to the head.
/// </summary>
internal sealed class AuditTrail(Database database)
{
    private const int EntriesPerRead = 1_000;

    private static readonly Statement SelectHead = new("SELECT sequence, hash FROM audit_head WHERE id = 1");

    private static readonly Statement SelectHash = new("SELECT hash FROM audit WHERE sequence = $1");

    private static readonly Statement SelectEntries = new(
        """
        SELECT sequence, date, actor, action, subject, details, previous_hash, hash FROM audit
        WHERE sequence > $1 ORDER BY sequence LIMIT $2
        """);

    /// <summary>Where every log begins.</summary>
    public static AuditMark Start { get; } = new(0, new byte[AuditEntry.HashSize]);

    /// <summary>Whether the entry with this sequence is there and has this hash.</summary>
    public async ValueTask<bool> HoldsAsync(AuditMark mark, CancellationToken ct) =>
        mark.Sequence == 0
        || (await database.QueryAsync(SelectHash, [SqlValue.Of(mark.Sequence)], ct) is [var row] && row.Bytes(0).AsSpan().SequenceEqual(mark.Hash));

    /// <summary>
    /// Follows the chain from an entry that was verified before towards the head as it is now, for at most so many entries.
    /// </summary>
    /// <returns>How far it is whole, and whether that is the head; null where it is not.</returns>
    public async ValueTask<(AuditMark Mark, bool IsHead)?> FollowAsync(AuditMark from, int maxEntries, CancellationToken ct)
    {
        if (await database.QueryAsync(SelectHead, [], ct) is not [var row] || !await HoldsAsync(from, ct))
        {
            return null;
        }

        // The head was read first: every entry up to it must be there.
        var head = new AuditMark(row.Number(0), row.Bytes(1));
        var at = from;
        var last = Math.Min(head.Sequence, from.Sequence + maxEntries);
        while (at.Sequence < last)
        {
            var count = Math.Min(EntriesPerRead, last - at.Sequence);
            if (await ReadNextAsync(at, count, ct) is not { } next)
            {
                return null;
            }

            at = next;
        }

        var isHead = at.Sequence == head.Sequence;
        return at.Sequence > head.Sequence || (isHead && !at.Hash.AsSpan().SequenceEqual(head.Hash)) ? null : (at, isHead);
    }

    /// <returns>The last of so many entries; null when they are not all there and do not follow each other.</returns>
    private async ValueTask<AuditMark?> ReadNextAsync(AuditMark after, long count, CancellationToken ct)
    {
        var rows = await database.QueryAsync(SelectEntries, [SqlValue.Of(after.Sequence), SqlValue.Of(count)], ct);
        var at = after;
        foreach (var row in rows)
        {
            var entry = Load(row);
            if (!entry.Follows(at.Sequence, at.Hash))
            {
                return null;
            }

            at = new AuditMark(entry.Sequence, entry.Hash);
        }

        return rows.Count == count ? at : null;
    }

    private static AuditEntry Load(SqlRow row) => AuditEntry.Load(
        row.Number(0),
        AnyTicksConverter.ToDate(row.Number(1)),
        new AuditEvent(row.Text(2), row.Text(3), row.Text(4), row.Text(5)),
        row.Bytes(6),
        row.Bytes(7));
}

/// <summary>A place in the audit log.</summary>
/// <param name="Sequence">Of an entry; 0 before the first.</param>
/// <param name="Hash">Its hash; zeros before the first.</param>
internal readonly record struct AuditMark(long Sequence, byte[] Hash)
{
    public static AuditMark Of(CountersignedHead head) => new(head.Sequence, head.Hash);
}
