using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Cluster;

namespace Repository.Api.Cluster;

/// <summary>
/// Where clients reach this node, when <c>Cluster:PublicEndpoint</c> does not say it: the first address on which it is told to listen.
/// </summary>
internal sealed class PublicEndpointSetting(IConfiguration configuration) : IPostConfigureOptions<ClusterOptions>
{
    public void PostConfigure(string? name, ClusterOptions options)
    {
        if (string.IsNullOrEmpty(options.PublicEndpoint))
        {
            var addresses = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(static endpoint => endpoint["Url"]);
            options.PublicEndpoint = addresses.Select(PublicEndpoint.Parse).FirstOrDefault(static endpoint => endpoint is not null)?.ToString();
        }
    }
}

/// <summary>Publishes this node's descriptor once it listens, when its port is known at the latest, and where anything in it has changed.</summary>
internal sealed class PublicEndpoint(IServer server, NodePublication publication) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return publication.PublishAsync(addresses.Select(Parse).FirstOrDefault(static endpoint => endpoint is not null), clusterEndpoint: null, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The endpoint of an address as Kestrel takes it, such as <c>http://*:5080</c>; null where it is none, or its port is not known yet.</summary>
    public static MemberEndpoint? Parse(string? address) =>
        Uri.TryCreate(
            address?.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal),
            UriKind.Absolute,
            out var uri)
            ? AdvertisedEndpoint.Of(uri.Host, uri.Port)
            : null;
}
