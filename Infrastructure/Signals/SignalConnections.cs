using Npgsql;

namespace Repository.Infrastructure.Signals;

/// <summary>This node's connections for signals: one that listens, outside the pool, and for sending one of the pool for a moment.</summary>
internal sealed class SignalConnections(NpgsqlDataSource source, ListenerSource listeners)
{
    private const string Channel = "repository_signals";

    /// <summary>What tells this node's notifications from others'.</summary>
    public byte[] Self { get; } = Notification.DrawSender();

    /// <summary>Opens a connection that listens.</summary>
    public async Task<NpgsqlConnection> ListenAsync(CancellationToken ct)
    {
        var connection = await listeners.Value.OpenConnectionAsync(ct);
        try
        {
            await using var command = new NpgsqlCommand($"LISTEN {Channel}", connection);
            await command.ExecuteNonQueryAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Tells the other nodes of at most <see cref="Notification.MaxTopics"/> topics, or of none: everyone is to look.</summary>
    public async Task NotifyAsync(IEnumerable<Topic> topics, CancellationToken ct)
    {
        await using var command = source.CreateCommand("SELECT pg_notify($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Channel });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Notification.Write(Self, topics) });
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>The same database for a connection that mostly hears nothing: it finds out by itself when the other side is gone.</summary>
internal sealed class ListenerSource(NpgsqlDataSource source) : IAsyncDisposable, IDisposable
{
    public NpgsqlDataSource Value => source;

    public void Dispose() => source.Dispose();

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
