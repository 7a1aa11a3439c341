using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Hosting.Connections;

/// <summary>
/// Makes the ports of protocols that are not HTTP, on Kestrel's transport of sockets. The transport is not the one that HTTP uses: its
/// buffers are small, because frames are, and a thousand strangers may each fill one.
/// </summary>
internal sealed class ConnectionPorts(ConnectionMetrics metrics, TimeProvider clock, ILoggerFactory loggers)
{
    /// <summary>What a connection may send ahead while its handler is busy, and how much of its answers may wait for it.</summary>
    private const int BufferBytes = 64 * 1024;

    private readonly SocketTransportFactory _transport = new(
        Options.Create(new SocketTransportOptions { MaxReadBufferSize = BufferBytes, MaxWriteBufferSize = BufferBytes }),
        loggers);

    private readonly ILogger<BoundPort> _logger = loggers.CreateLogger<BoundPort>();

    /// <summary>A port that does not listen before it is started.</summary>
    public ConnectionPort Create(PortDescription port) => new(port, this);

    /// <exception cref="StartRefusedException">The address cannot be used; the message names the setting.</exception>
    internal async Task<BoundPort> BindAsync(PortDescription port, CancellationToken ct)
    {
        if (!ListenAddress.TryParse(port.Address, out var address))
        {
            throw new StartRefusedException($"{port.Setting}: '{port.Address}' is not an IP address and a port, such as 127.0.0.1:9187.");
        }

        try
        {
            var bound = new BoundPort(port, await _transport.BindAsync(address, ct), metrics, clock, _logger);
            bound.Start();
            return bound;
        }
        catch (Exception failure) when (failure is AddressInUseException or System.Net.Sockets.SocketException)
        {
            throw new StartRefusedException($"{port.Setting}: {port.Address}: {failure.Message}", failure);
        }
    }
}

/// <summary>Registers the ports' maker.</summary>
internal static class ConnectionServices
{
    public static void AddConnectionPorts(this IServiceCollection services)
    {
        services.AddSingleton<ConnectionMetrics>();
        services.AddSingleton<ConnectionPorts>();
    }
}
