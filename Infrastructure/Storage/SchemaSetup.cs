using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Repository.Infrastructure.Storage;

/// <summary>
/// Brings the schema up to this version, once, however many nodes start together, and refuses a database of a newer one. A start
/// with nothing to do builds no model: that is most of what a start takes.
/// </summary>
internal abstract class SchemaSetup(Database database, IDbContextFactory<RepositoryDbContext> contexts)
{
    private const string HistoryTable = "__EFMigrationsHistory";

    /// <exception cref="StartRefusedException">The database is newer than this server, or it cannot be opened.</exception>
    public abstract Task ExecuteAsync(CancellationToken ct);

    /// <summary>The model's context on this database, whose migrations these are.</summary>
    protected abstract Type ContextType { get; }

    /// <summary>Counts the tables named <c>__EFMigrationsHistory</c>.</summary>
    protected abstract string CountHistoryTables { get; }

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
            await using var db = await contexts.CreateDbContextAsync(ct);
            await PrepareAsync(db, ct);
            await db.Database.MigrateAsync(ct);
        }
    }

    /// <summary>What must be done before migrations run.</summary>
    protected virtual Task PrepareAsync(RepositoryDbContext db, CancellationToken ct) => Task.CompletedTask;

    private async Task<List<string>> ReadAppliedAsync(CancellationToken ct) =>
        (await database.ReadColumnAsync<long>(CountHistoryTables, ct))[0] == 0
            ? []
            : await database.ReadColumnAsync<string>($"SELECT \"MigrationId\" FROM \"{HistoryTable}\"", ct);

    /// <summary>Read from the assembly's attributes: EF Core's own list would build the model first.</summary>
    private HashSet<string> KnownMigrations() =>
        typeof(SchemaSetup).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<DbContextAttribute>()?.ContextType == ContextType)
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
}
