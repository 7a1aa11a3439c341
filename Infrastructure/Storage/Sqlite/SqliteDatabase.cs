using Microsoft.Data.Sqlite;
using Repository.Infrastructure.Hosting;

namespace Repository.Infrastructure.Storage.Sqlite;

/// <summary>The embedded database's file and the connections to it.</summary>
internal sealed class SqliteDatabase(DataDirectory directory)
{
    private const string FileName = "repository.db";

    /// <summary>The path of the database.</summary>
    public string Path { get; } = directory.File(FileName);

    /// <summary>The connection string of readers; they share a pool.</summary>
    public string ReaderConnectionString => new SqliteConnectionStringBuilder { DataSource = Path, DefaultTimeout = 30 }.ToString();

    /// <summary>Makes the file, so that it and the log files that SQLite makes like it are their owner's alone.</summary>
    public void Create() => directory.Touch(FileName);

    /// <summary>
    /// Opens the writer's connection. WAL lets readers go on while it writes; FULL makes a commit wait for the fsync; a larger
    /// checkpoint interval spares fsyncs under load.
    /// </summary>
    public SqliteConnection OpenWriter()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText =
                """
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA foreign_keys = ON;
                PRAGMA wal_autocheckpoint = 4000;
                PRAGMA cache_size = -32768;
                """;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
