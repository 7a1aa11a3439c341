using System.Data.Common;
using Npgsql;

namespace Repository.Infrastructure.Storage.Postgres;

/// <summary>The PostgreSQL database that <c>ConnectionStrings:Repository</c> names.</summary>
internal sealed class PostgresDatabase(NpgsqlDataSource source) : Database
{
    private const int ListenerKeepAliveSeconds = 10;

    public override async Task<DbConnection> OpenReaderAsync(CancellationToken ct) => await source.OpenConnectionAsync(ct);

    public override async ValueTask<IAsyncDisposable?> TryLockAsync(AdvisoryLock key, CancellationToken ct) =>
        await PostgresLock.TryTakeAsync(source, key, ct);

    public override ValueTask<IReadOnlyList<SqlRow>> QueryAsync(Statement statement, ReadOnlySpan<SqlValue> values, CancellationToken ct) =>
        QueryAsync([.. values], statement, ct);

    public override async Task<string> ReadVersionAsync(CancellationToken ct) =>
        "PostgreSQL " + (await ReadColumnAsync<string>("SELECT current_setting('server_version')", ct))[0];

    public override async Task<long> ReadSizeAsync(CancellationToken ct) =>
        (await ReadColumnAsync<long>("SELECT pg_database_size(current_database())", ct))[0];

    private async ValueTask<IReadOnlyList<SqlRow>> QueryAsync(SqlValue[] values, Statement statement, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await PostgresStatement.Make(connection, statement, values).QueryAsync(ct);
    }

    /// <summary>Reads the settings of a data source, with what this server prefers where they say nothing.</summary>
    /// <exception cref="StartRefusedException">They are no connection string, or name no server.</exception>
    public static NpgsqlDataSource MakeSource(string? connectionString) => new NpgsqlDataSourceBuilder(ReadSettings(connectionString).ConnectionString).Build();

    /// <summary>The same for a connection that only listens: outside the pool, and asking every so often whether the server is still there.</summary>
    /// <exception cref="StartRefusedException">As of <see cref="MakeSource"/>.</exception>
    public static NpgsqlDataSource MakeListenerSource(string? connectionString)
    {
        var settings = ReadSettings(connectionString);
        settings.Pooling = false;
        settings.KeepAlive = ListenerKeepAliveSeconds;
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    private static NpgsqlConnectionStringBuilder ReadSettings(string? connectionString)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException)
        {
#pragma warning disable MA0054 // Its message may quote a part of the password.
            throw new StartRefusedException("ConnectionStrings:Repository is not a PostgreSQL connection string.");
#pragma warning restore MA0054
        }

        if (string.IsNullOrEmpty(settings.Host))
        {
            throw new StartRefusedException("Database:Provider is Postgres: ConnectionStrings:Repository must name the server.");
        }

        if (!settings.ContainsKey("Max Auto Prepare"))
        {
            settings.MaxAutoPrepare = 64; // Hot statements are prepared once per connection; an operator behind a pooler may say 0.
        }

        if (!settings.ContainsKey("GSS Encryption Mode"))
        {
            settings.GssEncryptionMode = GssEncryptionMode.Disable; // Else every start looks for a Kerberos library that few have.
        }

        return settings;
    }
}
