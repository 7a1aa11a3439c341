using Microsoft.Extensions.Options;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Telemetry;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Capabilities;
using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Coffer;
using Repository.Infrastructure.Hosting;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Hosting.Settings;

/// <summary>Binds every section of the configuration. A value out of range, of the wrong type, or under an unknown name stops the start.</summary>
internal static class SettingsServices
{
    public static void AddSettings(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSection<RepositoryOptions>(configuration, RepositoryOptions.Section);
        services.AddSection<DatabaseOptions>(configuration, DatabaseOptions.Section);
        services.AddSection<AuditOptions>(configuration, AuditOptions.Section);
        services.AddSection<TokenOptions>(configuration, TokenOptions.Section);
        services.AddSection<CapabilityOptions>(configuration, CapabilityOptions.Section);
        services.AddSection<ClusterOptions>(configuration, ClusterOptions.Section);
        services.AddSection<CofferOptions>(configuration, CofferOptions.Section);
        services.AddSection<RoomOptions>(configuration, RoomOptions.Section);
        services.AddSection<RateLimitOptions>(configuration, RateLimitOptions.Section);
        services.AddSection<CorsOptions>(configuration, CorsOptions.Section);
        services.AddSection<ProxyOptions>(configuration, ProxyOptions.Section);
        services.AddSection<TelemetryOptions>(configuration, TelemetryOptions.Section);
    }

    /// <summary>The database, which decides what is registered and so is read before anything is.</summary>
    public static DatabaseProvider ReadProvider(IConfiguration configuration)
    {
        var text = configuration[$"{DatabaseOptions.Section}:{nameof(DatabaseOptions.Provider)}"];
        return string.IsNullOrEmpty(text)
            ? DatabaseProvider.Sqlite
            : Enum.TryParse<DatabaseProvider>(text, ignoreCase: true, out var provider) && Enum.IsDefined(provider)
                ? provider
                : throw new StartRefusedException("Database:Provider must be Sqlite or Postgres.");
    }

    private static void AddSection<TOptions>(this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class
    {
        RefuseUnknownNames<TOptions>(configuration.GetSection(section));
        services.AddSingleton<IValidateOptions<TOptions>>(new SectionValidator<TOptions>(section));
        services.AddOptions<TOptions>()
            .Bind(configuration.GetSection(section), static binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
    }

    /// <summary>The binder refuses an unknown name too, but speaks of the class that lacks it and not of the setting that an operator wrote.</summary>
    private static void RefuseUnknownNames<TOptions>(IConfigurationSection section)
    {
        var known = typeof(TOptions).GetProperties().Select(static option => option.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (section.GetChildren().FirstOrDefault(child => !known.Contains(child.Key)) is { } unknown)
        {
            throw new StartRefusedException($"{unknown.Path} is no setting of this server. {section.Path} has {string.Join(", ", known)}.");
        }
    }
}
