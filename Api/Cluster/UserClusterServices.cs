namespace Repository.Api.Cluster;

/// <summary>The operations on the users' clusters that are injected where they are called.</summary>
internal static class UserClusterServices
{
    public static void AddUserClusters(this IServiceCollection services)
    {
        services.AddSingleton<MemberAdmission>();
        services.AddScoped<ListMembers>();
    }
}
