using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Repository.Infrastructure.Storage.Sqlite;

/// <summary>What a failure of SQLite means for the one who writes or reads.</summary>
internal static class SqliteFailure
{
    /// <summary>
    /// The disk is full or fails, or the file cannot be used: errors that pass without a change of ours, and after which a
    /// transaction cannot be trusted to hold what was written before.
    /// </summary>
    public static bool IsOutage(Exception failure) => (failure as SqliteException ?? failure.InnerException as SqliteException) is
    {
        SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_NOMEM
            or raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_BUSY or raw.SQLITE_PROTOCOL or raw.SQLITE_INTERRUPT,
    };
}
