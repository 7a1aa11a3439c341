using Npgsql;

namespace Repository.Infrastructure.Storage.Postgres;

/// <summary>
/// An advisory lock, held by an open transaction on a connection of its own. A transaction's lock and not a session's: behind a pooler
/// a session is not this process's alone, and its lock could outlive both.
/// </summary>
internal sealed class PostgresLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private PostgresLock(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        _connection = connection;
        _transaction = transaction;
    }

    /// <returns>Null when another holder has it.</returns>
    public static async ValueTask<PostgresLock?> TryTakeAsync(NpgsqlDataSource source, AdvisoryLock key, CancellationToken ct)
    {
        var connection = await source.OpenConnectionAsync(ct);
        try
        {
            var held = new PostgresLock(connection, await connection.BeginTransactionAsync(ct));
            await using var command = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock($1)", connection);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = (long)key });
            if (await command.ExecuteScalarAsync(ct) is true)
            {
                return held;
            }

            await held.DisposeAsync();
            return null;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Nothing was written: the transaction ends by being undone, as it does where the connection broke meanwhile.</summary>
    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
