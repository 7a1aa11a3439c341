using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Repository.Infrastructure.Hosting;

namespace Repository.Infrastructure.Storage.Sqlite;

/// <summary>The embedded database's file and the connections to it.</summary>
internal sealed class SqliteDatabase(DataDirectory directory) : Database, IDisposable
{
    private const string FileName = "repository.db";

    /// <summary>How long a write waits for another process that has the file locked, in seconds: callers would rather know.</summary>
    private const int MaxLockWaitSeconds = 1;

    private readonly ConcurrentBag<SqliteReader> _readers = [];

    /// <summary>The path of the database.</summary>
    public string Path { get; } = directory.File(FileName);

    /// <summary>Whether the file is still in its place: SQLite goes on in one that was removed, where nothing outlives the process.</summary>
    public bool IsInPlace => File.Exists(Path);

    /// <summary>The connection string of readers; they share a pool. No connection makes the file: an empty one is no database.</summary>
    public string ReaderConnectionString => new SqliteConnectionStringBuilder
    {
        DataSource = Path,
        DefaultTimeout = 30,
        Mode = SqliteOpenMode.ReadWrite,
    }.ToString();

    private string OwnedReaderConnectionString => new SqliteConnectionStringBuilder(ReaderConnectionString) { Pooling = false }.ToString();

    private string WriterConnectionString => new SqliteConnectionStringBuilder
    {
        DataSource = Path,
        DefaultTimeout = MaxLockWaitSeconds,
        Mode = SqliteOpenMode.ReadWrite,
        Pooling = false,
    }.ToString();

    public override async Task<DbConnection> OpenReaderAsync(CancellationToken ct)
    {
        var connection = new SqliteConnection(ReaderConnectionString);
        await connection.OpenAsync(ct);
        return connection;
    }

    /// <summary>Reads on the caller's thread: what is read is in memory, and to wait for another thread costs more than the read.</summary>
    public override ValueTask<IReadOnlyList<SqlRow>> QueryAsync(Statement statement, ReadOnlySpan<SqlValue> values, CancellationToken ct)
    {
        if (!_readers.TryTake(out var reader))
        {
            reader = new SqliteReader(OwnedReaderConnectionString);
        }

        IReadOnlyList<SqlRow> rows;
        try
        {
            rows = reader.Query(statement, values);
        }
        catch
        {
            reader.Dispose(); // After a failure the connection is not trusted any more.
            throw;
        }

        _readers.Add(reader);
        return ValueTask.FromResult(rows);
    }

#pragma warning disable CA2000 // The caller disposes of it.
    public override ValueTask<IAsyncDisposable?> TryLockAsync(AdvisoryLock key, CancellationToken ct) => new(new NothingToUnlock());
#pragma warning restore CA2000

    /// <summary>Closes the readers; nobody reads any more.</summary>
    public void Dispose()
    {
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    public override async Task<string> ReadVersionAsync(CancellationToken ct) =>
        "SQLite " + (await ReadColumnAsync<string>("SELECT sqlite_version()", ct))[0];

    /// <summary>The file and its write-ahead log.</summary>
    public override Task<long> ReadSizeAsync(CancellationToken ct) => Task.FromResult(SizeOf(Path) + SizeOf(Path + "-wal"));

    /// <summary>Makes the file, so that it and the log files that SQLite makes like it are their owner's alone.</summary>
    public void Create() => directory.Touch(FileName);

    /// <summary>
    /// Opens the writer's connection. WAL lets readers go on while it writes; FULL makes a commit wait for the fsync; a larger
    /// checkpoint interval spares fsyncs under load; what is deleted is overwritten with zeros, for the sake of destroyed keys.
    /// </summary>
    public SqliteConnection OpenWriter()
    {
        var connection = new SqliteConnection(WriterConnectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText =
                """
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA foreign_keys = ON;
                PRAGMA secure_delete = ON;
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

    private sealed class NothingToUnlock : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private static long SizeOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
