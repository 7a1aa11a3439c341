using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Cluster;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Storage;
using Repository.Infrastructure.Storage.Postgres;
using Repository.Infrastructure.Storage.Sqlite;

namespace Repository.Api.Tests.Storage;

public abstract class MigratingTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task A_database_that_a_newer_version_made_is_refused_and_served_again_without_its_mark()
    {
        var (hash, date) = await App.RegisterAsync(Ct);
        await App.StopAsync(Ct);
        await App.ExecuteSqlAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '99.0.0')", Ct);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => App.StartAsync(Ct));

        Assert.Contains("newer version", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("29990101000000_Later", refusal.Message, StringComparison.Ordinal);
        await App.ExecuteSqlAsync("DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" LIKE '2999%'", Ct);
        await App.StartAsync(Ct);
        await App.VerifyAsync(hash, date, Ct);
    }

    [Fact]
    public async Task A_second_start_migrates_nothing_and_keeps_everything()
    {
        var (hash, date) = await App.RegisterAsync(Ct);
        var applied = await App.ScalarSqlAsync("SELECT COUNT(*) FROM \"__EFMigrationsHistory\"", Ct);

        await App.RestartAsync(Ct);

        Assert.Equal(applied, await App.ScalarSqlAsync("SELECT COUNT(*) FROM \"__EFMigrationsHistory\"", Ct));
        await App.VerifyAsync(hash, date, Ct);
    }

    public sealed class OnSqlite() : MigratingTests(DatabaseProvider.Sqlite)
    {
        [Fact]
        public async Task A_lock_that_a_killed_process_left_does_not_stop_the_first_start()
        {
            await App.StopAsync(Ct);
            SqliteConnection.ClearAllPools();
            foreach (var file in Directory.GetFiles(App.DataDirectory, "repository.db*"))
            {
                File.Delete(file);
            }

            await App.ExecuteSqlAsync(
                """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-11-21 19:19:00');
                """,
                Ct);

            await App.StartAsync(Ct);

            await App.RegisterAsync(Ct);
        }

        [Fact]
        public async Task A_database_that_is_none_is_refused_by_its_path()
        {
            await App.StopAsync(Ct);
            var path = Path.Combine(App.DataDirectory, "repository.db");
            SqliteConnection.ClearAllPools();
            await File.WriteAllTextAsync(path, new string('x', 8192), Ct);

            var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => App.StartAsync(Ct));

            Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
        }
    }

    public sealed class OnPostgres() : MigratingTests(DatabaseProvider.Postgres)
    {
        [Fact]
        public async Task Four_nodes_that_start_at_once_on_an_empty_database_all_serve_it_once_they_are_admitted()
        {
            var nodes = await RepositoryApp.StartTogetherAsync(4, Ct);

            var first = Assert.Single(nodes, node => node.Services.GetRequiredService<ServingState>().IsServing);
            await first.AdmitWaitingAsync(Ct);
            var (hash, date) = await first.RegisterAsync(Ct);
            foreach (var node in nodes)
            {
                await node.ServesAsync(Ct);
                date = await node.VerifyAsync(hash, date, Ct);
            }

            Assert.Equal(1L, await nodes[0].ScalarSqlAsync("SELECT COUNT(*) FROM audit WHERE action = 'master-key-created'", Ct));
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }
        }
    }
}

/// <summary>The migrations that are committed are those of the model.</summary>
public sealed class CommittedMigrationsTests
{
    [Fact]
    public void The_model_is_what_the_sqlite_migrations_make()
    {
        using var db = new SqliteRepositoryDbContext(
            new DbContextOptionsBuilder<SqliteRepositoryDbContext>().UseSqlite("Data Source=:memory:").Options);

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public void The_model_is_what_the_postgresql_migrations_make()
    {
        using var db = new PostgresRepositoryDbContext(
            new DbContextOptionsBuilder<PostgresRepositoryDbContext>().UseNpgsql("Host=127.0.0.1").Options);

        Assert.False(db.Database.HasPendingModelChanges());
    }
}
