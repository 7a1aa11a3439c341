using Microsoft.Extensions.Options;
using Repository.Api.Hosting.Callers;
using Repository.Infrastructure.Cluster;

namespace Repository.Api.Cluster;

/// <summary>The operations on the nodes of this deployment, and join tokens as credentials.</summary>
internal static class NodeServices
{
    public static void AddNodes(this IServiceCollection services)
    {
        services.AddSingleton<ICredential, JoinTokenCredential>();
        services.AddSingleton<NodeEntrance>();
        services.AddSingleton<NodeChange>();
        services.AddSingleton<IPostConfigureOptions<ClusterOptions>, PublicEndpointSetting>();
        services.AddHostedService<PublicEndpoint>();
    }
}
