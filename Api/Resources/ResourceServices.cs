using Repository.Api.Hosting.Callers;
using Repository.Infrastructure.Resources;

namespace Repository.Api.Resources;

/// <summary>The operations on resources that are injected where they are called, and their login tokens as credentials.</summary>
internal static class ResourceServices
{
    public static void AddResources(this IServiceCollection services)
    {
        services.AddSingleton<ICredential, LoginTokenCredential>();
        services.AddSingleton<ResourceCreation>();
        services.AddSingleton<WindowKeySeal>();
        services.AddSingleton<WindowRules>();
        services.AddSingleton<IssueMachineToken>();
        services.AddSingleton<IssueResourceToken>();
        services.AddScoped<ListResources>();
        services.AddScoped<ListTimecodes>();
        services.AddScoped<ReadLoginTokens>();
    }
}
