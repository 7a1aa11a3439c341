using Microsoft.Extensions.Options;
using Repository.Api.Hosting.Connections;
using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Coffer;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Coffer.Tcp;

/// <summary>Listens on <c>Coffer:Listen</c> exactly while this node serves, where that is an address.</summary>
internal sealed partial class CofferListener(
    ConnectionPorts ports,
    IOptions<CofferOptions> options,
    CofferConnectionHandler handler,
    ServingState serving,
    ILogger<CofferListener> logger) : BackgroundService, IAsyncDisposable
{
    /// <summary>The port; for a node that must not serve it is stopped, and started again.</summary>
    public ConnectionPort Port { get; } = ports.Create(new PortDescription(
        "coffer",
        $"{CofferOptions.Section}:{nameof(CofferOptions.Listen)}",
        options.Value.Listen ?? string.Empty,
        options.Value.MaxConnections,
        handler));

    private bool IsWanted => !string.IsNullOrEmpty(options.Value.Listen);

    /// <summary>A node that serves from the start does not start without its port.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsWanted && serving.IsServing)
        {
            await Port.StartAsync(cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Port.StopAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return Port.DisposeAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (IsWanted)
            {
                await serving.WaitUntilServingAsync(stoppingToken);
                await StartAgainAsync(stoppingToken);
                await serving.WaitUntilNotServingAsync(stoppingToken);
                await Port.StopAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>A node that was admitted while it ran goes on without this port where its address cannot be used; HTTP serves the same secrets.</summary>
    private async Task StartAgainAsync(CancellationToken ct)
    {
        try
        {
            await Port.StartAsync(ct);
        }
        catch (StartRefusedException refusal)
        {
            LogNotListening(refusal.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "The coffer's port does not listen: {Reason}")]
    private partial void LogNotListening(string reason);
}

/// <summary>Registers the coffer's TCP dialects.</summary>
internal static class CofferTcpServices
{
    public static void AddCofferTcp(this IServiceCollection services)
    {
        services.AddSingleton<DialectChoice>();
        services.AddSingleton<CofferConnectionHandler>();
        services.AddSingleton<CofferListener>().AddHostedService(static provider => provider.GetRequiredService<CofferListener>());
    }
}
