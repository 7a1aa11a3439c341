using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Signals;

/// <summary>
/// Listens for the other nodes' signals on one connection of its own. When it is lost it is made again, with pauses by the clock, and then
/// everyone looks again, for what was signalled meanwhile.
/// </summary>
internal sealed partial class PostgresSignalListener(
    SignalConnections connections,
    LocalSignals local,
    TimeProvider clock,
    ILogger<PostgresSignalListener> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private volatile bool _isListening;

    /// <summary>Whether signals of other nodes arrive now.</summary>
    public bool IsListening => _isListening;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await connections.ListenAsync(stoppingToken);
                connection.Notification += OnNotification;
                _isListening = true;
                pause = FirstPause;
                local.RaiseAll();
                while (true)
                {
                    await connection.WaitAsync(stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (StorageOutage.Caused(failure))
            {
                LogLost(pause, failure);
            }
            finally
            {
                _isListening = false;
            }

            await PauseAsync(pause, stoppingToken);
            pause = pause + pause < LongestPause ? pause + pause : LongestPause;
        }
    }

    private void OnNotification(object sender, NpgsqlNotificationEventArgs notification)
    {
        switch (Notification.Read(connections.Self, notification.Payload))
        {
            case null:
                break;
            case []:
                local.RaiseAll();
                break;
            case { } topics:
                foreach (var topic in topics)
                {
                    local.Raise(topic);
                }

                break;
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken ct)
    {
        try
        {
            await Task.Delay(pause, clock, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The loop ends.
        }
    }

    [LoggerMessage(LogLevel.Warning, "The connection for signals of other nodes is lost; it is made again in {Pause}, and rooms are read at intervals until then")]
    private partial void LogLost(TimeSpan pause, Exception failure);
}
