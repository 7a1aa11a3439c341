using Npgsql;
using NpgsqlTypes;

namespace Repository.Infrastructure.Storage.Postgres;

/// <summary>A transaction of one operation on PostgreSQL; without a context, the implicit one of a single statement.</summary>
internal sealed class PostgresWriteTransaction(NpgsqlConnection connection, RepositoryDbContext? db) : WriteTransaction
{
    public override RepositoryDbContext Db =>
        db ?? throw new InvalidOperationException("A single-statement operation has no transaction for the model.");

    public override ValueTask<int> ExecuteAsync(Statement statement, ReadOnlySpan<SqlValue> values, CancellationToken ct)
    {
#pragma warning disable CA2100 // Statements are constants in static fields; what varies is bound.
        var command = new NpgsqlCommand(statement.Sql, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(ToParameter(value));
        }

        return ExecuteAsync(command, ct);
    }

    public override async ValueTask<bool> TryLockAsync(long key, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = key });
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static async ValueTask<int> ExecuteAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using (command)
        {
            return await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static NpgsqlParameter ToParameter(SqlValue value) => value switch
    {
        { IsBytes: false } => new NpgsqlParameter<long> { TypedValue = value.Number },
        { Bytes: { } bytes } => new NpgsqlParameter<byte[]> { TypedValue = bytes },
        _ => new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bytea, Value = DBNull.Value },
    };
}
