using Npgsql;

namespace Repository.Infrastructure.Storage.Postgres;

/// <summary>A transaction of one operation on PostgreSQL; without a context, the implicit one of a single statement.</summary>
internal sealed class PostgresWriteTransaction(NpgsqlConnection connection, RepositoryDbContext? db) : WriteTransaction
{
    public override RepositoryDbContext Db =>
        db ?? throw new InvalidOperationException("A single-statement operation has no transaction for the model.");

    public override ValueTask<int> ExecuteAsync(Statement statement, ReadOnlySpan<SqlValue> values, CancellationToken ct) =>
        PostgresStatement.Make(connection, statement, values).ExecuteAsync(ct);

    public override ValueTask<IReadOnlyList<SqlRow>> QueryAsync(Statement statement, ReadOnlySpan<SqlValue> values, CancellationToken ct) =>
        PostgresStatement.Make(connection, statement, values).QueryAsync(ct);

    /// <summary>A dead row's bytes are vacuum's and the log's: nothing that a client asks for removes them sooner.</summary>
    public override void EraseWhatIsDeleted()
    {
        // Nothing can be done.
    }

    public override async ValueTask<bool> TryLockAsync(long key, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = key });
        return await command.ExecuteScalarAsync(ct) is true;
    }
}
