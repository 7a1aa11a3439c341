using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Repository.Domain.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Audit;

/// <summary>
/// Checks that the audit log is the chain it was written as: no entry changed, removed or moved, and the newest one the head.
/// A call reads at most <c>Audit:CheckedEntries</c> entries, however long the log is.
/// </summary>
internal sealed class AuditChain(IDbContextFactory<RepositoryDbContext> contexts, IOptions<AuditOptions> options)
{
    private readonly Lock _lock = new();
    private long _checkedTo;
    private long? _brokenAt;

    /// <summary>The head and whether the newest part of the chain, and all that the background check has seen, holds.</summary>
    public async Task<AuditHeadState> ReadHeadAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (head, isSetBack) = await ReadHeadRowAsync(db, ct);
        if (head is null)
        {
            return new AuditHeadState(0, new byte[AuditEntry.HashSize], Date: null, IsIntact: false);
        }

        var from = Math.Max(0, head.Sequence - options.Value.CheckedEntries);
        var brokenAt = await FindBreakAsync(db, head, from, ct);
        var newest = await db.Audit.SingleOrDefaultAsync(entry => entry.Sequence == head.Sequence, ct);
        return new AuditHeadState(head.Sequence, head.Hash, newest?.Date, IsIntact: !isSetBack && brokenAt is null && BrokenAt is null);
    }

    /// <summary>Checks the next part, and begins again at the first entry after the last.</summary>
    /// <returns>The sequence at which the chain is broken, or null.</returns>
    public async Task<long?> CheckNextAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (head, isSetBack) = await ReadHeadRowAsync(db, ct);
        var from = _checkedTo;
        var found = head is null ? 0 : await FindBreakAsync(db, head, from, ct) ?? (isSetBack ? head.Sequence + 1 : null);
        lock (_lock)
        {
            var next = from + options.Value.CheckedEntries;
            _checkedTo = head is null || next >= head.Sequence ? 0 : next;

            // A break that was found stays reported until the part that holds it was read again and is whole.
            _brokenAt = found ?? (_brokenAt > from && _brokenAt <= next ? null : _brokenAt);
            return _brokenAt;
        }
    }

    private long? BrokenAt
    {
        get
        {
            lock (_lock)
            {
                return _brokenAt;
            }
        }
    }

    /// <summary>
    /// Reads the head, and whether there are entries beyond it: somebody set it back. The newest entry is read first, so that one which
    /// is appended between the two reads is not taken for such.
    /// </summary>
    private static async Task<(AuditHead? Head, bool IsSetBack)> ReadHeadRowAsync(RepositoryDbContext db, CancellationToken ct)
    {
        var newest = await db.Audit.MaxAsync(entry => (long?)entry.Sequence, ct);
        var head = await db.AuditHead.SingleOrDefaultAsync(ct);
        return (head, head?.Sequence < newest);
    }

    private async Task<long?> FindBreakAsync(RepositoryDbContext db, AuditHead head, long from, CancellationToken ct)
    {
        // The head was read first, and entries are never removed: every entry up to it must be there.
        var to = Math.Min(head.Sequence, from + options.Value.CheckedEntries);
        var previous = from == 0
            ? new byte[AuditEntry.HashSize]
            : await db.Audit.Where(entry => entry.Sequence == from).Select(entry => entry.Hash).SingleOrDefaultAsync(ct);
        if (previous is null)
        {
            return from;
        }

        var at = from;
        await foreach (var entry in db.Audit
            .Where(entry => entry.Sequence > from && entry.Sequence <= to)
            .OrderBy(entry => entry.Sequence)
            .AsAsyncEnumerable()
            .WithCancellation(ct))
        {
            if (!entry.Follows(at, previous))
            {
                return at + 1;
            }

            previous = entry.Hash;
            at = entry.Sequence;
        }

        var endsWell = at == to && (to < head.Sequence || previous.AsSpan().SequenceEqual(head.Hash));
        return endsWell ? null : at + 1;
    }
}

/// <summary>The end of the audit log.</summary>
/// <param name="Sequence">The newest entry's sequence; 0 while there is none.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Date">Its date; null while there is none.</param>
/// <param name="IsIntact">Whether the chain was found whole.</param>
internal sealed record AuditHeadState(long Sequence, byte[] Hash, DateTimeOffset? Date, bool IsIntact);
