namespace Repository.Infrastructure.Storage;

/// <summary>
/// Something to be written, decided by indexes and conditional updates. It may run more than once (PostgreSQL retries), so it
/// changes nothing but the database, and it may await nothing but the database: on SQLite every other write waits for it.
/// </summary>
/// <typeparam name="TResult">What the caller learns once the write is durable.</typeparam>
public abstract class WriteOperation<TResult>
{
    /// <summary>
    /// Whether it executes exactly one statement. Such an operation is atomic by itself: SQLite needs no savepoint for it, and
    /// PostgreSQL no explicit transaction, which saves two round trips of three.
    /// </summary>
    public virtual bool IsSingleStatement => false;

    public abstract ValueTask<TResult> ExecuteAsync(WriteTransaction transaction, CancellationToken ct);
}
