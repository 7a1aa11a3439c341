namespace Repository.Benchmarks.Load.Processes;

/// <summary>What pgbench updates: a table like the server's machines, in another database of the same PostgreSQL.</summary>
internal static class PgbenchTable
{
    public const string ServerDatabase = "repository";

    /// <returns>The script that updates one row on a condition, as a verify does.</returns>
    public static async Task<string> CreateAsync(Workspace workspace, PostgresServer postgres, int rows, CancellationToken ct)
    {
        await RunOnceAsync(workspace, postgres, $"CREATE DATABASE {ServerDatabase};", ct);
        await RunOnceAsync(
            workspace,
            postgres,
            $"""
            CREATE TABLE machine (id int, hash text PRIMARY KEY, state int NOT NULL, date bigint NOT NULL);
            INSERT INTO machine SELECT i, encode(sha256(i::text::bytea), 'hex'), 1, 0 FROM generate_series(1, {rows}) AS i;
            VACUUM ANALYZE machine;
            """,
            ct);
        return await WriteAsync(
            workspace,
            $"""
            \set id random(1, {rows})
            UPDATE machine SET date = date + 1
            WHERE hash = encode(sha256((:id)::text::bytea), 'hex') AND state = 1 AND date >= 0 RETURNING date;
            """,
            ct);
    }

    private static async Task RunOnceAsync(Workspace workspace, PostgresServer postgres, string sql, CancellationToken ct) =>
        _ = await postgres.PgbenchAsync(["-c", "1", "-t", "1", "-f", await WriteAsync(workspace, sql, ct)], ct);

    private static async Task<string> WriteAsync(Workspace workspace, string script, CancellationToken ct)
    {
        var file = workspace.NewPath("pgbench.sql");
        await File.WriteAllTextAsync(file, script + "\n", ct);
        return file;
    }
}
