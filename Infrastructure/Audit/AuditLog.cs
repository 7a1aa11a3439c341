using Repository.Domain.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Audit;

/// <summary>Appends to the audit log in the transaction of the change that it records: both are durable, or neither is.</summary>
public sealed class AuditLog(TimeProvider clock)
{
    private static readonly Statement TakeSequence = new(
        "UPDATE audit_head SET sequence = sequence + 1 WHERE id = 1 RETURNING sequence, hash");

    private static readonly Statement Insert = new(
        """
        INSERT INTO audit (sequence, date, actor, action, subject, details, previous_hash, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """);

    private static readonly Statement SetHash = new("UPDATE audit_head SET hash = $1 WHERE id = 1");

    /// <summary>
    /// Appends an entry. Taking the next sequence locks the head until the transaction ends, so entries of several nodes follow
    /// each other: append last, to keep the lock short.
    /// </summary>
    public async Task AppendAsync(WriteTransaction transaction, AuditEvent change, CancellationToken ct)
    {
        if (await transaction.QueryAsync(TakeSequence, [], ct) is not [var head])
        {
            throw new InvalidOperationException("The audit log has no head row.");
        }

        var entry = AuditEntry.Append(change, clock.GetUtcNow(), head.Number(0), head.Bytes(1));
        await transaction.ExecuteAsync(
            Insert,
            [
                SqlValue.Of(entry.Sequence),
                SqlValue.Of(entry.Date),
                SqlValue.Of(entry.Actor),
                SqlValue.Of(entry.Action),
                SqlValue.Of(entry.Subject),
                SqlValue.Of(entry.Details),
                SqlValue.Of(entry.PreviousHash),
                SqlValue.Of(entry.Hash),
            ],
            ct);
        await transaction.ExecuteAsync(SetHash, [SqlValue.Of(entry.Hash)], ct);
    }
}
