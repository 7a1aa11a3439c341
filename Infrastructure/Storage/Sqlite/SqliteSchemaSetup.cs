using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Repository.Infrastructure.Storage.Sqlite;

/// <summary>The schema of the embedded database, which the lock on the data directory keeps to this process.</summary>
internal sealed class SqliteSchemaSetup(SqliteDatabase database, IDbContextFactory<RepositoryDbContext> contexts)
    : SchemaSetup(database, contexts)
{
    protected override Type ContextType => typeof(SqliteRepositoryDbContext);

    protected override string CountHistoryTables =>
        "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsHistory'";

    public override async Task ExecuteAsync(CancellationToken ct)
    {
        database.Create();
        try
        {
            await MigrateAsync(ct);
        }
        catch (SqliteException failure)
        {
            throw new StartRefusedException($"The database {database.Path} cannot be used: {failure.Message}", failure);
        }
    }

    /// <summary>EF Core's own lock is a row that a killed process leaves behind for ever; ours is on the directory and ends with the process.</summary>
    protected override Task PrepareAsync(RepositoryDbContext db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);
}
