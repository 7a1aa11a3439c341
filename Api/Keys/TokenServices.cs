namespace Repository.Api.Keys;

/// <summary>The operations on tokens that are injected where they are called.</summary>
internal static class TokenServices
{
    public static void AddTokens(this IServiceCollection services)
    {
        services.AddSingleton<IntrospectToken>();
        services.AddSingleton<TokenRights>();
        services.AddSingleton<TokenRevocation>();
        services.AddSingleton<TokenRevoker>();
        services.AddSingleton<TimeTokens>();
    }
}
