using Npgsql;

namespace Repository.Api.Tests.Rooms;

/// <summary>A change on PostgreSQL that is made and not committed, so that whoever needs its rows waits.</summary>
internal sealed class OpenChange : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private OpenChange(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        _connection = connection;
        _transaction = transaction;
    }

    /// <summary>Makes the change, with parameters <c>$1</c>, <c>$2</c>, …, and leaves it open.</summary>
    public static async Task<OpenChange> MakeAsync(string connectionString, CancellationToken ct, params (string Sql, byte[][] Values)[] statements)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        var transaction = await connection.BeginTransactionAsync(ct);
        foreach (var (sql, values) in statements)
        {
#pragma warning disable CA2100 // Tests write their SQL themselves.
            await using var command = new NpgsqlCommand(sql, connection, transaction);
#pragma warning restore CA2100
            command.Parameters.AddRange(values.Select(static value => new NpgsqlParameter<byte[]> { TypedValue = value }).ToArray());
            await command.ExecuteNonQueryAsync(ct);
        }

        return new OpenChange(connection, transaction);
    }

    /// <summary>Commits once so many transactions wait for it.</summary>
    public async Task CommitBeforeAsync(int waiting, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            WITH RECURSIVE blocked(pid) AS (
                SELECT pid FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))
                UNION SELECT a.pid FROM pg_stat_activity a JOIN blocked b ON b.pid = ANY (pg_blocking_pids(a.pid)))
            SELECT COUNT(*) FROM blocked
            """,
            _connection,
            _transaction);
        while (await command.ExecuteScalarAsync(ct) is not long blocked || blocked < waiting)
        {
            await Task.Yield();
        }

        await _transaction.CommitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
