using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Repository.Infrastructure.Background;

/// <summary>Work that is repeated at an interval of the injected clock. One failed round is logged and does not end the job.</summary>
/// <param name="interval">How often.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">Where failures are told.</param>
/// <param name="turn">Lets one node at a time do it; null where each node does its own.</param>
internal abstract partial class PeriodicJob(TimeSpan interval, TimeProvider clock, ILogger logger, JobTurn? turn = null) : BackgroundService
{
    /// <summary>Does one bounded round. Callable by itself, so that a test need not wait for the interval.</summary>
    internal abstract Task RunOnceAsync(CancellationToken ct);

    /// <summary>Does a round where no other node is doing one.</summary>
    /// <returns>Whether it was done.</returns>
    internal async Task<bool> RunInTurnAsync(CancellationToken ct)
    {
        if (turn is null)
        {
            await RunOnceAsync(ct);
            return true;
        }

        await using var taken = await turn.TryTakeAsync(ct);
        if (taken is null)
        {
            return false;
        }

        await RunOnceAsync(ct);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RunRoundAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops, or gave up its start; left to itself it would call the second a failure of this job.
        }
    }

    private async Task RunRoundAsync(CancellationToken ct)
    {
        try
        {
            await RunInTurnAsync(ct);
        }
#pragma warning disable CA1031 // Top of a background loop: one failed round must not stop the server, the next one repeats the work.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogRoundFailed(logger, GetType().Name, failure);
        }
    }

    [LoggerMessage(LogLevel.Error, "A round of {Job} failed; the next one repeats the work")]
    private static partial void LogRoundFailed(ILogger logger, string job, Exception failure);
}
