using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Cluster;

/// <summary>Has the private port listen exactly while this node serves.</summary>
internal sealed partial class PrivatePortHost(PrivatePort port, ServingState serving, TimeProvider clock, ILogger<PrivatePortHost> logger)
    : BackgroundService
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(10);

    /// <summary>A node that serves from the start does not start without its port.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (serving.IsServing)
        {
            await port.StartAsync(cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await port.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await serving.WaitUntilServingAsync(stoppingToken);
                if (await TryStartAsync(stoppingToken))
                {
                    await serving.WaitUntilNotServingAsync(stoppingToken);
                    await port.StopAsync(stoppingToken);
                }
                else
                {
                    await Task.Delay(RetryInterval, clock, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>A node that was admitted while it ran goes on without its port for as long as the address cannot be used.</summary>
    private async Task<bool> TryStartAsync(CancellationToken ct)
    {
        try
        {
            await port.StartAsync(ct);
            return true;
        }
        catch (Exception failure) when (failure is StartRefusedException or WriteQueueFullException or StorageUnavailableException)
        {
            LogNotListening(failure.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The private port does not listen yet: {Reason}")]
    private partial void LogNotListening(string reason);
}
