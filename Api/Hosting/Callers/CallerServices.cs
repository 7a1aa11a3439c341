using Microsoft.AspNetCore.Authorization;

namespace Repository.Api.Hosting.Callers;

/// <summary>Who callers are, how much they may ask, and what.</summary>
internal static class CallerServices
{
    public static void AddCallers(this IServiceCollection services)
    {
        services.AddSingleton<ICredential, AdministratorCredential>();
        services.AddSingleton<CallerRecognition>();
        services.AddSingleton<RateLimits>();
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Administrator, static policy => policy.RequireRole(Policies.Administrator))
            .AddPolicy(Policies.User, static policy => policy.RequireRole(Policies.User, Policies.Administrator))
            .AddPolicy(Policies.Session, static policy => policy.RequireRole(Policies.User))
            .AddPolicy(Policies.Admission, static policy => policy.RequireRole(Policies.Admission, Policies.Administrator))
            .AddPolicy(Policies.Resource, static policy => policy.RequireRole(Policies.Resource));
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationProblems>();
    }
}
