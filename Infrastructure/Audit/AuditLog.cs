using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Repository.Domain.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Audit;

/// <summary>Appends to the audit log in the transaction of the change that it records: both are durable, or neither is.</summary>
public sealed class AuditLog(TimeProvider clock)
{
    /// <summary>
    /// Appends an entry. Taking the next sequence locks the head until the transaction ends, so entries of several nodes follow
    /// each other: append last, to keep the lock short.
    /// </summary>
    public async Task AppendAsync(WriteTransaction transaction, AuditEvent change, CancellationToken ct)
    {
        var db = transaction.Db;
        var (sequence, previousHash) = await TakeSequenceAsync(db, ct);
        var entry = AuditEntry.Append(change, clock.GetUtcNow(), sequence, previousHash);
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO audit (sequence, date, actor, action, subject, details, previous_hash, hash)
             VALUES ({entry.Sequence}, {entry.Date.UtcTicks}, {entry.Actor}, {entry.Action}, {entry.Subject}, {entry.Details},
                     {entry.PreviousHash}, {entry.Hash})
             """,
            ct);
        await db.Database.ExecuteSqlAsync($"UPDATE audit_head SET hash = {entry.Hash} WHERE id = 1", ct);
    }

    private static async Task<(long Sequence, byte[] PreviousHash)> TakeSequenceAsync(RepositoryDbContext db, CancellationToken ct)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = "UPDATE audit_head SET sequence = sequence + 1 WHERE id = 1 RETURNING sequence, hash";
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? (reader.GetInt64(0), await reader.GetFieldValueAsync<byte[]>(1, ct))
            : throw new InvalidOperationException("The audit log has no head row.");
    }
}
