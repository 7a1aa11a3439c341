using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Repository.Infrastructure.Cluster;

/// <summary>Which node this is, which others there are, and whether it may serve.</summary>
internal static class ClusterServices
{
    public static void AddCluster(this IServiceCollection services)
    {
        services.TryAddSingleton<DrawRsaPair>(RSA.Create);
        services.AddSingleton<ServingState>();
        services.AddSingleton<NodeKeyFile>();
        services.AddSingleton<NodeKeySetup>();
        services.AddSingleton<NodeIdentity>();
        services.AddSingleton<NodeDescription>();
        services.AddSingleton<NodeDirectory>();
        services.AddSingleton<NodeAdmission>();
        services.AddSingleton<NodePublication>();
        services.AddSingleton<NodeSightings>();
    }
}
