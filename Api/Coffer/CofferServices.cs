namespace Repository.Api.Coffer;

/// <summary>The operations on the coffer that are injected where they are called.</summary>
internal static class CofferServices
{
    public static void AddCoffer(this IServiceCollection services)
    {
        services.AddSingleton<ReadCoffer>();
        services.AddSingleton<FetchSecrets>();
        services.AddSingleton<DefinitionOpener>();
        services.AddSingleton<UploadDefinition>();
        services.AddSingleton<SecretSetting>();
        services.AddSingleton<ReadShards>();
        services.AddScoped<ReadCompanions>();
    }
}
