using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Idempotency;

/// <summary>
/// Runs an operation at most once per <c>Idempotency-Key</c>: the record of its answer is written in the transaction of its
/// effect, so there is never one without the other (design/api.md, Conventions).
/// </summary>
internal sealed class IdempotentWrites(
    IWriteQueue writes,
    IDbContextFactory<RepositoryDbContext> contexts,
    KeyRing keys,
    ColumnSealer sealer,
    TimeProvider clock)
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
        var record = new AnswerRecord(scope, sealer, clock);
        if (!_running.TryAdd(running, true))
        {
            // What runs may itself only be fetching the stored answer: then it is given to this call too.
            await using var db = await contexts.CreateDbContextAsync(ct);
            return await record.FindAsync(db, ct) ?? new IdempotentOutcome.InProgress();
        }

        try
        {
            return await writes.ExecuteAsync(new IdempotentOperation<TResult>(scope, record, operation, answer), ct);
        }
        finally
        {
            _running.TryRemove(running, out _);
        }
    }

    private sealed class IdempotentOperation<TResult>(
        IdempotencyScope scope,
        AnswerRecord record,
        WriteOperation<TResult> operation,
        Func<TResult, StoredAnswer> answer) : WriteOperation<IdempotentOutcome>
    {
        public override async ValueTask<IdempotentOutcome> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
        {
            // The lock comes first: who has it sees the answer of who had it before.
            var locked = await transaction.TryLockAsync(scope.LockKey, ct);
            if (await record.FindAsync(transaction.Db, ct) is { } known)
            {
                return known;
            }

            if (!locked)
            {
                return new IdempotentOutcome.InProgress();
            }

            var given = answer(await operation.ExecuteAsync(transaction, ct));
            await record.StoreAsync(transaction.Db, given, ct);
            return new IdempotentOutcome.Executed(given);
        }
    }
}
