using System.Net;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Hosting.Connections;

/// <summary>
/// A TCP address at which this server speaks a protocol that is not HTTP. It may be started and stopped at any time and again; while it
/// is stopped nothing listens, so that others are refused by the operating system.
/// </summary>
internal sealed class ConnectionPort(PortDescription port, ConnectionPorts ports) : IAsyncDisposable
{
    private readonly SemaphoreSlim _changing = new(1);
    private volatile BoundPort? _bound;
    private int _disposed;

    /// <summary>Where it listens, with the port that was given for port 0; null while it does not.</summary>
    public IPEndPoint? BoundAddress => _bound?.Address;

    /// <summary>How many connections are open.</summary>
    public int OpenConnections => _bound?.OpenConnections ?? 0;

    /// <summary>Listens from now on. Started already, it stays as it is.</summary>
    /// <exception cref="StartRefusedException">The address is malformed, taken or not this machine's; the message names the setting.</exception>
    public async Task StartAsync(CancellationToken ct)
    {
        await _changing.WaitAsync(ct);
        try
        {
            _bound ??= await ports.BindAsync(port, ct);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>
    /// Listens no longer, and ends all connections: those that wait at once, those that are being answered after the answer, but not later
    /// than <see cref="BoundPort.StopPatience"/>, or when the token is cancelled. Stopped already, it stays so.
    /// </summary>
    public async Task StopAsync(CancellationToken ct)
    {
        await _changing.WaitAsync(CancellationToken.None); // Whoever holds it is done soon; a stop that is cancelled must stop all the same.
        try
        {
            if (_bound is { } bound)
            {
                _bound = null;
                await bound.StopAsync(ct);
                bound.Dispose();
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Its owner may be registered twice, as itself and as a hosted service, and is then disposed of twice.
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await StopAsync(new CancellationToken(canceled: true));
            _changing.Dispose();
        }
    }
}
