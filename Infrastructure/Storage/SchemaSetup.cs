using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Repository.Infrastructure.Storage;

/// <summary>Brings the schema up to this version, once, however many nodes start together, and refuses a database of a newer one.</summary>
internal abstract class SchemaSetup(RepositoryDbContext db)
{
    private const string HistoryTable = "__EFMigrationsHistory";

    protected RepositoryDbContext Db => db;

    /// <exception cref="StartRefusedException">The database is newer than this server, or it cannot be opened.</exception>
    public abstract Task ExecuteAsync(CancellationToken ct);

    /// <summary>Whether the table of applied migrations is there.</summary>
    protected abstract FormattableString HistoryExists { get; }

    /// <summary>Applies what is missing. The caller holds the lock.</summary>
    protected async Task MigrateAsync(CancellationToken ct)
    {
        var applied = await ReadAppliedAsync(ct);
        var known = KnownMigrations();
        if (applied.FirstOrDefault(migration => !known.Contains(migration)) is { } newer)
        {
            throw new StartRefusedException(
                $"The database was made by a newer version of this server (its schema holds {newer}). Start that version, or restore an older backup.");
        }

        if (applied.Count < known.Count)
        {
            await db.Database.MigrateAsync(ct);
        }
    }

    private async Task<List<string>> ReadAppliedAsync(CancellationToken ct)
    {
        var exists = await db.Database.SqlQuery<long>(HistoryExists).ToListAsync(ct);
        return exists[0] == 0
            ? []
            : await db.Database.SqlQueryRaw<string>($"SELECT \"MigrationId\" AS \"Value\" FROM \"{HistoryTable}\"").ToListAsync(ct);
    }

    /// <summary>Read from the assembly's attributes: EF Core's own list would build its services first, which a start with nothing to do need not wait for.</summary>
    private HashSet<string> KnownMigrations() =>
        typeof(SchemaSetup).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<DbContextAttribute>()?.ContextType == db.GetType())
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
}
