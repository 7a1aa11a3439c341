using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Signals;

/// <summary>Sends this node's signals to the others, one notification after the other: what is raised while one is on its way shares the next.</summary>
internal sealed partial class PostgresSignalSender(
    SignalConnections connections,
    PostgresSignals signals,
    TimeProvider clock,
    ILogger<PostgresSignalSender> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Sends what the last requests raised: no other node is to wait for its next read.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TrySendAsync(signals.Take(), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var topics = await signals.TakeAsync(stoppingToken);
                if (!await TrySendAsync(topics, stoppingToken))
                {
                    signals.Return(topics);
                    await Task.Delay(Pause, clock, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<bool> TrySendAsync(IReadOnlyCollection<Topic>? topics, CancellationToken ct)
    {
        try
        {
            if (topics is null)
            {
                await connections.NotifyAsync([], ct);
                return true;
            }

            foreach (var part in topics.Chunk(Notification.MaxTopics))
            {
                await connections.NotifyAsync(part, ct);
            }

            return true;
        }
        catch (Exception failure) when (StorageOutage.Caused(failure))
        {
            LogNotSent(failure);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The other nodes could not be signalled; it is tried again")]
    private partial void LogNotSent(Exception failure);
}
