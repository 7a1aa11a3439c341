using Microsoft.Extensions.Options;
using Repository.Api.Hosting.Connections;
using Repository.Infrastructure.Coffer;

namespace Repository.Api.Coffer.Tcp;

/// <summary>Listens on <c>Coffer:Listen</c> while the server runs, where that is an address.</summary>
internal sealed class CofferListener(ConnectionPorts ports, IOptions<CofferOptions> options, CofferConnectionHandler handler)
    : IHostedService, IAsyncDisposable
{
    /// <summary>The port; for a node that must not serve it is stopped, and started again.</summary>
    public ConnectionPort Port { get; } = ports.Create(new PortDescription(
        "coffer",
        $"{CofferOptions.Section}:{nameof(CofferOptions.Listen)}",
        options.Value.Listen ?? string.Empty,
        options.Value.MaxConnections,
        handler));

    public Task StartAsync(CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(options.Value.Listen) ? Task.CompletedTask : Port.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Port.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => Port.DisposeAsync();
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
