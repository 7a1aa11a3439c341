using Repository.Infrastructure.Storage.Postgres;
using Repository.Infrastructure.Storage.Sqlite;

namespace Repository.Infrastructure.Storage;

/// <summary>Tells an outage of the database, which passes, from a bug, which does not.</summary>
public static class StorageOutage
{
    /// <summary>Whether a read or write failed because the database is out of reach or out of space.</summary>
    public static bool Caused(Exception failure) =>
        failure is StorageUnavailableException || SqliteFailure.IsOutage(failure) || PostgresFailure.IsOutage(failure);
}
