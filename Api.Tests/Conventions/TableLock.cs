using Npgsql;

namespace Repository.Api.Tests.Conventions;

/// <summary>Holds a table of PostgreSQL against every write, so that a transaction stops in the middle until it is released.</summary>
internal sealed class TableLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private NpgsqlTransaction? _transaction;

    private TableLock(NpgsqlConnection connection) => _connection = connection;

    public static async Task<TableLock> TakeAsync(string connectionString, string table, CancellationToken ct)
    {
        var held = new TableLock(new NpgsqlConnection(connectionString));
        await held._connection.OpenAsync(ct);
        held._transaction = await held._connection.BeginTransactionAsync(ct);
        await using var command = held._connection.CreateCommand();
#pragma warning disable CA2100 // The table's name is a constant of the test.
        command.CommandText = $"LOCK TABLE {table} IN EXCLUSIVE MODE";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
        return held;
    }

    /// <summary>Returns once a transaction waits for the table.</summary>
    public Task WaitForBlockedAsync(CancellationToken ct) => WaitForBlockedAsync(1, ct);

    /// <summary>Returns once so many transactions wait for the table.</summary>
    public async Task WaitForBlockedAsync(int transactions, CancellationToken ct)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = "SELECT COUNT(DISTINCT pid) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))";
        while (await command.ExecuteScalarAsync(ct) is not long blocked || blocked < transactions)
        {
            await Task.Yield();
        }
    }

    public async Task ReleaseAsync(CancellationToken ct)
    {
        if (_transaction is not null)
        {
            await _transaction.RollbackAsync(ct);
            await _transaction.DisposeAsync();
            _transaction = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ReleaseAsync(CancellationToken.None);
        await _connection.DisposeAsync();
    }
}
