using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Repository.Api.Hosting.Connections;

/// <summary>
/// One life of a <see cref="ConnectionPort"/>, from binding to unbinding: accepts connections up to the limit, runs a handler for each,
/// and ends those whose time is over. What happens to one connection never touches another.
/// </summary>
internal sealed partial class BoundPort(
    PortDescription port,
    IConnectionListener listener,
    ConnectionMetrics metrics,
    TimeProvider clock,
    ILogger<BoundPort> logger) : IDisposable
{
    /// <summary>How long a stop waits for answers that are on their way.</summary>
    internal static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(1);

    /// <summary>How long the last answer of a connection may take to be sent.</summary>
    internal static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(10);

    /// <summary>One timer looks after all connections: none has one of its own.</summary>
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<LiveConnection, bool> _live = new();
    private readonly CancellationTokenSource _ended = new();
    private Task _accepting = Task.CompletedTask;
    private ITimer? _sweep;
    private int _open;

    public IPEndPoint Address => (IPEndPoint)listener.EndPoint;

    public int OpenConnections => Volatile.Read(ref _open);

    public void Start()
    {
        _sweep = clock.CreateTimer(static state => ((BoundPort)state!).EndOverdue(), this, SweepInterval, SweepInterval);
        _accepting = Task.Run(() => AcceptAsync(_ended.Token), CancellationToken.None);
        LogListening(port.Name, Address);
    }

    public async Task StopAsync(CancellationToken ct)
    {
        await listener.UnbindAsync(CancellationToken.None);
        await _accepting;
        foreach (var connection in _live.Keys)
        {
            connection.AskToEnd();
        }

        var running = Task.WhenAll(_live.Keys.Select(static connection => connection.Running));
        if (!await EndsInTimeAsync(running, ct))
        {
            await _ended.CancelAsync();
            foreach (var connection in _live.Keys)
            {
                connection.Abort("The server stops.");
            }

            await running;
        }

        await listener.DisposeAsync();
    }

    public void Dispose()
    {
        _sweep?.Dispose();
        _ended.Dispose();
    }

    private async Task<bool> EndsInTimeAsync(Task running, CancellationToken ct)
    {
        try
        {
            await running.WaitAsync(StopPatience, clock, ct);
            return true;
        }
        catch (Exception impatience) when (impatience is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task AcceptAsync(CancellationToken ct)
    {
        while (await listener.AcceptAsync(ct) is { } context)
        {
            var connection = new LiveConnection(context, clock, ct);
            context.Features.Set<IConnectionLease>(connection);
            _live.TryAdd(connection, true);
            if (Interlocked.Increment(ref _open) <= port.MaxConnections)
            {
                metrics.Opened(port.Name);
                connection.Running = Task.Run(() => ServeAsync(connection, ct), CancellationToken.None);
            }
            else
            {
                Interlocked.Decrement(ref _open);
                metrics.Refused(port.Name);
                connection.Running = CloseAsync(connection, ct);
            }
        }
    }

    private async Task ServeAsync(LiveConnection connection, CancellationToken ct)
    {
        try
        {
            await port.Handler.OnConnectedAsync(connection.Context);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The other side reset the connection, or this side aborted it.
        }
#pragma warning disable CA1031 // Top of a connection: what went wrong on one must not end the others.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogConnectionFailed(port.Name, failure);
        }
        finally
        {
            await CloseAsync(connection, ct);
            Interlocked.Decrement(ref _open);
            metrics.Closed(port.Name);
        }
    }

    /// <summary>Closes the connection once what was written is sent, which another side that reads nothing would delay for ever.</summary>
    private async Task CloseAsync(LiveConnection connection, CancellationToken ct)
    {
        connection.EndAfter(SendPatience);
        if (ct.IsCancellationRequested)
        {
            connection.Abort("The server stops.");
        }

        await connection.Context.DisposeAsync();
        _live.TryRemove(connection, out _);
    }

    private void EndOverdue()
    {
        var now = clock.GetTimestamp();
        foreach (var connection in _live.Keys.Where(connection => connection.IsOverdue(now)))
        {
            connection.EndAfter(SendPatience);
            if (connection.AskToEnd())
            {
                metrics.Overdue(port.Name);
            }
            else
            {
                connection.Abort("Too slow.");
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "The port {Port} listens on {Address}")]
    private partial void LogListening(string port, IPEndPoint address);

    [LoggerMessage(LogLevel.Error, "A connection of port {Port} failed; the others go on")]
    private partial void LogConnectionFailed(string port, Exception failure);
}
