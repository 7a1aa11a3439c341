using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Idempotency;

/// <summary>
/// Runs an operation at most once per <c>Idempotency-Key</c>: the record of its answer is written in the transaction of its
/// effect, so there is never one without the other (design/api.md, Conventions).
/// </summary>
internal sealed class IdempotentWrites(IWriteQueue writes, KeyRing keys, ColumnSealer sealer, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, bool> _running = new(StringComparer.Ordinal);

    /// <summary>The scope of a call.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="caller">Stands for the credential; all anonymous callers are one.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="target">The path with its query.</param>
    /// <param name="key">The header's value.</param>
    public IdempotencyScope ScopeOf(ReadOnlySpan<byte> body, string caller, string method, string target, string key) =>
        IdempotencyScope.Of(keys.Idempotency, body, caller, method, target, key);

    public async Task<IdempotentOutcome> ExecuteAsync<TResult>(
        IdempotencyScope scope,
        WriteOperation<TResult> operation,
        Func<TResult, StoredAnswer> answer,
        CancellationToken ct)
    {
        var running = Convert.ToHexString(scope.Hash);
        if (!_running.TryAdd(running, true))
        {
            return new IdempotentOutcome.InProgress();
        }

        try
        {
            return await writes.ExecuteAsync(new IdempotentOperation<TResult>(scope, operation, answer, sealer, clock), ct);
        }
        finally
        {
            _running.TryRemove(running, out _);
        }
    }

    private sealed class IdempotentOperation<TResult>(
        IdempotencyScope scope,
        WriteOperation<TResult> operation,
        Func<TResult, StoredAnswer> answer,
        ColumnSealer sealer,
        TimeProvider clock) : WriteOperation<IdempotentOutcome>
    {
        private readonly ColumnPlace _place = new("idempotency", "sealed_answer", scope.Hash);

        public override async ValueTask<IdempotentOutcome> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
        {
            if (!await transaction.TryLockAsync(scope.LockKey, ct))
            {
                return new IdempotentOutcome.InProgress();
            }

            var now = clock.GetUtcNow();
            var known = await transaction.Db.IdempotencyRecords
                .SingleOrDefaultAsync(record => record.Scope == scope.Hash && record.ExpiresDate > now, ct);
            if (known is not null)
            {
                return known.BodyHash.AsSpan().SequenceEqual(scope.BodyHash)
                    ? new IdempotentOutcome.Replayed(Open(known.SealedAnswer))
                    : new IdempotentOutcome.KeyReused();
            }

            var given = answer(await operation.ExecuteAsync(transaction, ct));
            await StoreAsync(transaction.Db, given, now + IdempotencyRecord.Lifetime, ct);
            return new IdempotentOutcome.Executed(given);
        }

        private async Task StoreAsync(RepositoryDbContext db, StoredAnswer given, DateTimeOffset expires, CancellationToken ct)
        {
            var box = sealer.Seal(JsonSerializer.SerializeToUtf8Bytes(given), _place);
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
}
