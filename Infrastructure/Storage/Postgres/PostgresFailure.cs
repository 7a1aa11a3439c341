using Npgsql;

namespace Repository.Infrastructure.Storage.Postgres;

/// <summary>What a failure of PostgreSQL means for the one who writes.</summary>
internal static class PostgresFailure
{
    /// <summary>The transaction was undone because another won; it may be run again.</summary>
    public static bool IsLostRace(Exception failure) => Find(failure) is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
    };

    /// <summary>
    /// The server cannot be reached, lets nobody in, is stopping, has become a read-only standby, has lost the database, or is out of
    /// disk, memory or connections.
    /// </summary>
    public static bool IsOutage(Exception failure) => Find(failure) switch
    {
        PostgresException known => known.IsTransient || known.SqlState.StartsWith("53", StringComparison.Ordinal)
            || known.SqlState.StartsWith("57P", StringComparison.Ordinal) || known.SqlState.StartsWith("58", StringComparison.Ordinal)
            || known.SqlState.StartsWith("28", StringComparison.Ordinal)
            || known.SqlState is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.ReadOnlySqlTransaction,
        NpgsqlException => true,
        _ => false,
    };

    /// <summary>EF Core wraps what a statement of its own throws.</summary>
    private static NpgsqlException? Find(Exception failure) => failure as NpgsqlException ?? failure.InnerException as NpgsqlException;
}
