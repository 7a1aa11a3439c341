namespace Repository.Api.Cluster;

/// <summary>The port at which other nodes call.</summary>
internal static class PrivatePortRegistration
{
    public static void AddPrivatePortListener(this IServiceCollection services)
    {
        services.AddSingleton<PrivatePortHandler>();
        services.AddSingleton<PrivatePort>();
        services.AddHostedService<PrivatePortHost>();
    }
}
