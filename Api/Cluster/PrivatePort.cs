using System.Net;
using Microsoft.Extensions.Options;
using Repository.Api.Hosting.Connections;
using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Cluster.PrivatePort;

namespace Repository.Api.Cluster;

/// <summary>Where other nodes call this one: <c>Cluster:Listen</c>. Once it listens, the node says so in its descriptor.</summary>
internal sealed class PrivatePort(
    ConnectionPorts ports,
    PrivatePortHandler handler,
    NodePublication publication,
    SeenSalts salts,
    IOptions<ClusterOptions> options) : IAsyncDisposable
{
    /// <summary>Every handshake that may go on at once (<see cref="HandshakeLane.MaxPending"/>, twice), and as many members.</summary>
    private const int MaxConnections = 4 * HandshakeLane.MaxPending;

    private const string Setting = $"{ClusterOptions.Section}:{nameof(ClusterOptions.Listen)}";

    private readonly ConnectionPort? _port = string.IsNullOrEmpty(options.Value.Listen) || !ClusterOptions.TryParseListen(options.Value.Listen, out var address)
        ? null
        : ports.Create(new PortDescription("cluster", Setting, address.ToString(), MaxConnections, handler));

    /// <summary>Where it listens; null while it does not.</summary>
    public IPEndPoint? BoundAddress => _port?.BoundAddress;

    /// <summary>Listens from now on, where there is a private port at all.</summary>
    /// <exception cref="Infrastructure.Storage.StartRefusedException">The address cannot be used.</exception>
    public async Task StartAsync(CancellationToken ct)
    {
        if (_port is null)
        {
            return;
        }

        salts.Begin();
        await _port.StartAsync(ct);
        var bound = _port.BoundAddress!;
        await publication.PublishAsync(publicEndpoint: null, AdvertisedEndpoint.Of(bound.Address.ToString(), bound.Port), ct);
    }

    /// <summary>Listens no longer; connections end.</summary>
    public Task StopAsync(CancellationToken ct) => _port?.StopAsync(ct) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _port?.DisposeAsync() ?? ValueTask.CompletedTask;
}
