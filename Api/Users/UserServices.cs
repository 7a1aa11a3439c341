namespace Repository.Api.Users;

/// <summary>The operations on users that are injected where they are called.</summary>
internal static class UserServices
{
    public static void AddUsers(this IServiceCollection services)
    {
        services.AddSingleton<UserRegistrar>();
        services.AddScoped<UserKeyReplacer>();
        services.AddSingleton<UserUpdater>();
    }
}
