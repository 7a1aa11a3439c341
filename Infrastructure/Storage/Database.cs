using System.Data.Common;

namespace Repository.Infrastructure.Storage;

/// <summary>
/// The database itself, past the model: what a start must know before it builds the model, which takes longer than all else, and
/// what an operator wants to know.
/// </summary>
internal abstract class Database : IStatementReader
{
    /// <summary>Opens a connection for reading.</summary>
    public abstract Task<DbConnection> OpenReaderAsync(CancellationToken ct);

    /// <summary>Its kind and version, such as <c>SQLite 3.50.4</c>.</summary>
    public abstract Task<string> ReadVersionAsync(CancellationToken ct);

    /// <summary>What it takes on disk, in bytes.</summary>
    public abstract Task<long> ReadSizeAsync(CancellationToken ct);

    /// <summary>Takes a lock that other nodes of this database see, without waiting. Disposing gives it back, and so does the end of the process.</summary>
    /// <returns>Null when another holder has it. On SQLite there is one node and nothing to lock.</returns>
    public abstract ValueTask<IAsyncDisposable?> TryLockAsync(AdvisoryLock key, CancellationToken ct);

    /// <summary>Reads with a prepared statement, past the model: for hot paths. All rows are of one snapshot.</summary>
    public abstract ValueTask<IReadOnlyList<SqlRow>> QueryAsync(Statement statement, ReadOnlySpan<SqlValue> values, CancellationToken ct);

    /// <summary>Reads the first column of every row. The text is a constant of ours.</summary>
    public async Task<List<T>> ReadColumnAsync<T>(string sql, CancellationToken ct)
    {
        await using var connection = await OpenReaderAsync(ct);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Callers pass constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(ct);
        var values = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            values.Add(await reader.GetFieldValueAsync<T>(0, ct));
        }

        return values;
    }
}
