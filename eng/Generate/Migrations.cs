using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;
using Npgsql.EntityFrameworkCore.PostgreSQL.Design.Internal;
using Repository.Infrastructure.Storage;
using Repository.Infrastructure.Storage.Postgres;
using Repository.Infrastructure.Storage.Sqlite;

namespace Repository.Generate;

/// <summary>Scaffolds a migration for each provider from the difference between its snapshot and the model.</summary>
internal static class Migrations
{
    private const string RootNamespace = "Repository.Infrastructure";

    /// <summary>Writes a migration and the new snapshot into <c>Infrastructure/Migrations</c>, for both providers.</summary>
    public static int Add(string name) => ForEachProvider((db, folder) =>
    {
        var project = Path.Combine(SourceTree.Root, "Infrastructure");
        var scaffolder = ScaffolderOf(db);
        var migration = scaffolder.ScaffoldMigration(name, RootNamespace, $"Migrations.{folder}", "C#");
        var files = scaffolder.Save(project, migration, Path.Combine(project, "Migrations", folder), dryRun: false);
        Console.WriteLine(files.MigrationFile);
        return true;
    });

    /// <summary>Whether the committed snapshots are the model.</summary>
    public static int Check() => ForEachProvider((db, folder) =>
    {
        if (!db.Database.HasPendingModelChanges())
        {
            return true;
        }

        Console.Error.WriteLine($"Infrastructure/Migrations/{folder} is stale: eng/generate.sh migration <Name>");
        return false;
    });

    private static int ForEachProvider(Func<RepositoryDbContext, string, bool> succeeds)
    {
        using var sqlite = new SqliteRepositoryDbContext(
            new DbContextOptionsBuilder<SqliteRepositoryDbContext>().UseSqlite("Data Source=:memory:").Options);
        using var postgres = new PostgresRepositoryDbContext(
            new DbContextOptionsBuilder<PostgresRepositoryDbContext>().UseNpgsql("Host=127.0.0.1").Options);
        return succeeds(sqlite, "Sqlite") & succeeds(postgres, "PostgreSql") ? 0 : 1;
    }

    private static IMigrationsScaffolder ScaffolderOf(RepositoryDbContext db)
    {
        var services = new ServiceCollection();
        services.AddEntityFrameworkDesignTimeServices();
        services.AddDbContextDesignTimeServices(db);
#pragma warning disable EF1001 // Each provider's design-time services have no public door; the tool runs on a developer's machine only.
        IDesignTimeServices provider = db is PostgresRepositoryDbContext
            ? new NpgsqlDesignTimeServices()
            : new Microsoft.EntityFrameworkCore.Sqlite.Design.Internal.SqliteDesignTimeServices();
#pragma warning restore EF1001
        provider.ConfigureDesignTimeServices(services);
        return services.BuildServiceProvider().GetRequiredService<IMigrationsScaffolder>();
    }
}
