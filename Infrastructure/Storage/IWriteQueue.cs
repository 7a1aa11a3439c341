namespace Repository.Infrastructure.Storage;

/// <summary>
/// The one way to write. A completed call is durable: it survives the loss of power. Each operation is atomic, and one that
/// fails takes no other with it (design/architecture.md, Storage).
/// </summary>
public interface IWriteQueue
{
    /// <summary>How many writes wait or run.</summary>
    int Depth { get; }

    /// <summary>Runs an operation in a transaction of its own or of a group, and completes when it is durable.</summary>
    /// <exception cref="WriteQueueFullException">Too many writes wait already; nothing was done.</exception>
    /// <exception cref="StorageUnavailableException">The database could not take it; nothing was acknowledged.</exception>
    Task<TResult> ExecuteAsync<TResult>(WriteOperation<TResult> operation, CancellationToken ct);
}
