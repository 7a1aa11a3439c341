namespace Repository.Infrastructure.Storage;

/// <summary>More writes wait than <c>Database:WriteQueueLength</c> allows. Nothing was done.</summary>
public sealed class WriteQueueFullException() : Exception("The write queue is full.");

/// <summary>The database cannot be written or reached now: a full disk, an I/O error, a lost connection.</summary>
public sealed class StorageUnavailableException(string message, Exception cause) : Exception(message, cause);

/// <summary>The server must not start like this. The message says why and what to do, in words for the operator.</summary>
public sealed class StartRefusedException : Exception
{
    public StartRefusedException(string message)
        : base(message)
    {
    }

    public StartRefusedException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
