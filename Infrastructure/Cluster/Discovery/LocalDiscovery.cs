using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Background;

namespace Repository.Infrastructure.Cluster.Discovery;

/// <summary>Hears the other nodes of the local network, where <c>Cluster:Discovery</c> is on.</summary>
internal sealed partial class LocalDiscovery(
    DiscoverySocket socket,
    AnnouncementCheck check,
    IOptions<ClusterOptions> options,
    ILogger<LocalDiscovery> logger) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Discovery)
        {
            return Task.CompletedTask;
        }

        socket.Open();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var buffer = new byte[DiscoveryDatagram.MaxSize + 1]; // One more shows what is too long.
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await socket.ReceiveAsync(buffer, stoppingToken) is { } length)
                {
                    check.Hear(buffer.AsSpan(0, length));
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException failure)
            {
                LogFailed(failure);
                return; // The peers are found by the directory all the same.
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Announcements of the local network cannot be heard any more; the directory's addresses go on")]
    private partial void LogFailed(Exception failure);
}

/// <summary>Announces this node to the local network every few seconds, where <c>Cluster:Discovery</c> is on and it has a private port.</summary>
internal sealed class DiscoveryAnnouncer(
    Announcement announcement,
    IOptions<ClusterOptions> options,
    JobTurns turns,
    TimeProvider clock,
    ILogger<DiscoveryAnnouncer> logger) : PeriodicJob(TimeSpan.FromSeconds(5), turns, clock, logger)
{
    internal override Task RunOnceAsync(CancellationToken ct) => announcement.SendAsync(ct);

    /// <summary>Every node announces itself.</summary>
    protected override ValueTask<bool> IsMyTurnAsync(CancellationToken ct) => new(options.Value.Discovery);
}

/// <summary>What this node announces of itself now.</summary>
internal sealed class Announcement(DiscoverySocket socket, NodeDirectory directory, NodeIdentity identity, TimeProvider clock)
{
    /// <summary>Sends it; nothing while this node is no active member, or has no private port.</summary>
    public async Task SendAsync(CancellationToken ct)
    {
        if (directory.Self is { IsActive: true, HasPrivatePort: true } self)
        {
            await socket.SendAsync(
                DiscoveryDatagram.Write(self.Id, clock.GetUtcNow(), self.ClusterEndpoint, data => identity.Sign(data)),
                ct);
        }
    }
}
