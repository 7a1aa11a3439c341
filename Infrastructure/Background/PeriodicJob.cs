using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Background;

/// <summary>
/// Work that is repeated at an interval of the injected clock, where it is this node's turn. One failed round is logged and does not end the job.
/// </summary>
/// <param name="interval">How often.</param>
/// <param name="turns">Says whose turn it is.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">Where failures are told.</param>
/// <param name="key">The lock under which one node does a round at a time; null where each node does its own.</param>
internal abstract partial class PeriodicJob(TimeSpan interval, JobTurns turns, TimeProvider clock, ILogger logger, AdvisoryLock? key = null)
    : BackgroundService
{
    /// <summary>Does one bounded round. Callable by itself, so that a test need not wait for the interval.</summary>
    internal abstract Task RunOnceAsync(CancellationToken ct);

    /// <summary>Does a round where it is this node's turn.</summary>
    /// <returns>Whether it was done.</returns>
    internal async Task<bool> RunInTurnAsync(CancellationToken ct)
    {
        if (!await IsMyTurnAsync(ct))
        {
            return false;
        }

        await using var turn = key is { } shared ? await turns.TryTakeAsync(shared, ct) : null;
        if (key is not null && turn is null)
        {
            return false;
        }

        await RunOnceAsync(ct);
        return true;
    }

    /// <summary>Whether this node does the next round.</summary>
    protected virtual ValueTask<bool> IsMyTurnAsync(CancellationToken ct) => turns.IsMineAsync(GetType().Name, ct);

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
