using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Repository.Infrastructure.Storage.Postgres;

/// <summary>
/// Writes on PostgreSQL: each operation in a transaction of its own, so many at a time, run again when the database says that
/// it lost a race. Commits share the database's own group commit.
/// </summary>
internal sealed class PostgresWriteQueue : IWriteQueue, IDatabaseWriter, IDisposable
{
    /// <summary>Losing this many races in a row means something other than bad luck.</summary>
    private const int MaxAttempts = 20;

    private readonly NpgsqlDataSource _source;
    private readonly IDbContextFactory<PostgresRepositoryDbContext> _contexts;
    private readonly StorageMetrics _metrics;
    private readonly SemaphoreSlim _places;
    private readonly int _capacity;
    private int _depth;
    private volatile Exception? _lastFailure;

    public PostgresWriteQueue(
        NpgsqlDataSource source,
        IDbContextFactory<PostgresRepositoryDbContext> contexts,
        IOptions<DatabaseOptions> options,
        StorageMetrics metrics)
    {
        _source = source;
        _contexts = contexts;
        _metrics = metrics;
        _places = new SemaphoreSlim(options.Value.WriteConcurrency);
        _capacity = options.Value.WriteConcurrency + options.Value.WriteQueueLength;
        metrics.ObserveDepth(() => Depth);
    }

    public int Depth => Volatile.Read(ref _depth);

    public Exception? LastFailure => _lastFailure;

    public void Start()
    {
        // Connections are made when they are needed.
    }

    public void Stop()
    {
        // The host stops after the last request was answered: nothing is left.
    }

    public async Task<TResult> ExecuteAsync<TResult>(WriteOperation<TResult> operation, CancellationToken ct)
    {
        try
        {
            if (Interlocked.Increment(ref _depth) > _capacity)
            {
                _metrics.Refused();
                throw new WriteQueueFullException();
            }

            await _places.WaitAsync(ct);
            try
            {
                return await RunAsync(operation, ct);
            }
            finally
            {
                _places.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _depth);
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<TResult> RunAsync<TResult>(WriteOperation<TResult> operation, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var result = operation.IsSingleStatement
                    ? await RunStatementAsync(operation, ct)
                    : await RunTransactionAsync(operation, ct);
                _lastFailure = null;
                _metrics.Committed(1);
                return result;
            }
            catch (Exception failure) when (PostgresFailure.IsLostRace(failure) && attempt < MaxAttempts)
            {
                // Some transaction won, so the next attempt sees what it decided.
            }
            catch (Exception failure) when (PostgresFailure.IsOutage(failure))
            {
                _lastFailure = failure;
                throw new StorageUnavailableException("The database could not be written.", failure);
            }
        }
    }

    private async Task<TResult> RunStatementAsync<TResult>(WriteOperation<TResult> operation, CancellationToken ct)
    {
        await using var connection = await _source.OpenConnectionAsync(ct);
        return await operation.ExecuteAsync(new PostgresWriteTransaction(connection, db: null), ct);
    }

    private async Task<TResult> RunTransactionAsync<TResult>(WriteOperation<TResult> operation, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var result = await operation.ExecuteAsync(
            new PostgresWriteTransaction((NpgsqlConnection)db.Database.GetDbConnection(), db),
            ct);

        // From here on the caller's leaving changes nothing: a commit is waited for to its end.
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }
}
