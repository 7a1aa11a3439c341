using Microsoft.EntityFrameworkCore;
using Repository.Infrastructure.Storage.Postgres;
using Repository.Infrastructure.Storage.Sqlite;

namespace Repository.Infrastructure.Storage;

/// <summary>What an operator wants to know about the database itself.</summary>
internal abstract class DatabaseFacts(RepositoryDbContext db)
{
    /// <summary>Its kind and version, such as <c>SQLite 3.50.4</c>.</summary>
    public abstract Task<string> ReadVersionAsync(CancellationToken ct);

    /// <summary>What it takes on disk, in bytes.</summary>
    public abstract Task<long> ReadSizeAsync(CancellationToken ct);

    protected async Task<T> ScalarAsync<T>(FormattableString sql, CancellationToken ct) =>
        (await db.Database.SqlQuery<T>(sql).ToListAsync(ct))[0];
}

internal sealed class SqliteFacts(SqliteRepositoryDbContext db, SqliteDatabase database) : DatabaseFacts(db)
{
    public override async Task<string> ReadVersionAsync(CancellationToken ct) =>
        "SQLite " + await ScalarAsync<string>($"SELECT sqlite_version() AS \"Value\"", ct);

    /// <summary>The file and its write-ahead log.</summary>
    public override Task<long> ReadSizeAsync(CancellationToken ct) =>
        Task.FromResult(SizeOf(database.Path) + SizeOf(database.Path + "-wal"));

    private static long SizeOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}

internal sealed class PostgresFacts(PostgresRepositoryDbContext db) : DatabaseFacts(db)
{
    public override async Task<string> ReadVersionAsync(CancellationToken ct) =>
        "PostgreSQL " + await ScalarAsync<string>($"SELECT current_setting('server_version') AS \"Value\"", ct);

    public override Task<long> ReadSizeAsync(CancellationToken ct) =>
        ScalarAsync<long>($"SELECT pg_database_size(current_database()) AS \"Value\"", ct);
}
