using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Idempotency;

/// <summary>The row of one scope: finds the answer that is kept there, and keeps one, sealed to the row.</summary>
internal sealed class AnswerRecord(IdempotencyScope scope, ColumnSealer sealer, TimeProvider clock)
{
    private readonly ColumnPlace _place = new("idempotency", "sealed_answer", scope.Hash);

    /// <returns>The stored answer, or that it belongs to another body; null where none is kept, or no longer.</returns>
    public async Task<IdempotentOutcome?> FindAsync(RepositoryDbContext db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.IdempotencyRecords.SingleOrDefaultAsync(record => record.Scope == scope.Hash && record.ExpiresDate > now, ct) switch
        {
            null => null,
            var known when known.BodyHash.AsSpan().SequenceEqual(scope.BodyHash) => new IdempotentOutcome.Replayed(Open(known.SealedAnswer)),
            _ => new IdempotentOutcome.KeyReused(),
        };
    }

    /// <summary>Keeps an answer, in place of one whose day is over.</summary>
    public async Task StoreAsync(RepositoryDbContext db, StoredAnswer given, CancellationToken ct)
    {
        var box = sealer.Seal(JsonSerializer.SerializeToUtf8Bytes(given), _place);
        var expires = clock.GetUtcNow() + IdempotencyRecord.Lifetime;
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO idempotency (scope, body_hash, sealed_answer, expires_date)
             VALUES ({scope.Hash}, {scope.BodyHash}, {box}, {expires.UtcTicks})
             ON CONFLICT (scope) DO UPDATE SET body_hash = excluded.body_hash,
                 sealed_answer = excluded.sealed_answer, expires_date = excluded.expires_date
             """,
            ct);
    }

    private StoredAnswer Open(byte[] box) =>
        sealer.TryOpen(box, _place, out var json) && JsonSerializer.Deserialize<StoredAnswer>(json) is { } stored
            ? stored
            : throw new InvalidOperationException("A stored answer does not open: its row was changed or moved.");
}
