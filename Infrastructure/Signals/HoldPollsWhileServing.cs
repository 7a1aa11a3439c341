using Microsoft.Extensions.Hosting;
using Repository.Infrastructure.Cluster;

namespace Repository.Infrastructure.Signals;

/// <summary>Ends all held polls when this node may serve no longer, and lets it hold polls again once it may.</summary>
internal sealed class HoldPollsWhileServing(HeldPolls held, ServingState serving) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await serving.WaitUntilServingAsync(stoppingToken);
                if (held.IsClosed)
                {
                    held.Open();
                }

                await serving.WaitUntilNotServingAsync(stoppingToken);
                held.Close();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops, and has ended them itself.
        }
    }
}
