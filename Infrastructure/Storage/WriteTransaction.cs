namespace Repository.Infrastructure.Storage;

/// <summary>What a <see cref="WriteOperation{TResult}"/> writes through.</summary>
public abstract class WriteTransaction : IStatementReader
{
    /// <summary>The EF Core model over this transaction. Not for single-statement operations.</summary>
    public abstract RepositoryDbContext Db { get; }

    /// <summary>Executes a prepared statement. Values go to <c>$1</c>, <c>$2</c>, … in order.</summary>
    /// <returns>The number of rows changed.</returns>
    public abstract ValueTask<int> ExecuteAsync(Statement statement, ReadOnlySpan<SqlValue> values, CancellationToken ct);

    /// <summary>Reads with a prepared statement, seeing what this transaction has written.</summary>
    public abstract ValueTask<IReadOnlyList<SqlRow>> QueryAsync(Statement statement, ReadOnlySpan<SqlValue> values, CancellationToken ct);

    /// <summary>
    /// Says that what this transaction deletes or overwrites is secret. On SQLite the database's files hold nothing of it once the write
    /// is durable, or soon after where a reader still stands before it; PostgreSQL leaves it to vacuum (docs/security.md).
    /// </summary>
    public abstract void EraseWhatIsDeleted();

    /// <summary>Takes a lock that ends with the transaction, without waiting. On SQLite there is one writer and nothing to lock.</summary>
    /// <returns>Whether it was free.</returns>
    public abstract ValueTask<bool> TryLockAsync(long key, CancellationToken ct);
}
