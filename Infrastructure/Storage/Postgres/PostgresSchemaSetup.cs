using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Repository.Infrastructure.Storage.Postgres;

/// <summary>The schema on PostgreSQL, under a lock that several nodes starting together wait for.</summary>
internal sealed class PostgresSchemaSetup(
    NpgsqlDataSource source,
    Database database,
    IDbContextFactory<RepositoryDbContext> contexts) : SchemaSetup(database, contexts)
{
    protected override Type ContextType => typeof(PostgresRepositoryDbContext);

    protected override string CountHistoryTables =>
        "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = '__EFMigrationsHistory'";

    public override async Task ExecuteAsync(CancellationToken ct)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(ct);
            await LockAsync(connection, "SELECT pg_advisory_lock($1)", ct);
            try
            {
                await MigrateAsync(ct);
            }
            finally
            {
                await LockAsync(connection, "SELECT pg_advisory_unlock($1)", CancellationToken.None);
            }
        }
        catch (NpgsqlException failure)
        {
            throw new StartRefusedException(
                $"PostgreSQL cannot be used: {failure.Message}. The setting is ConnectionStrings:Repository.",
                failure);
        }
    }

    private static async Task LockAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
#pragma warning disable CA2100 // The two constants above.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = (long)AdvisoryLock.Migrations });
        await command.ExecuteNonQueryAsync(ct);
    }
}
