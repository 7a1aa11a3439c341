using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Repository.Api.Hosting.Settings;

/// <summary>Reverse proxies and browsers of other origins: both off unless configured.</summary>
internal static class ProxiesAndOrigins
{
    public static void AddProxiesAndOrigins(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration.GetSection(CorsOptions.Section).GetChildren().Any())
        {
            services.AddCors();
        }
    }

    public static void UseProxiesAndOrigins(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value is { KnownProxies.Length: > 0 } proxies)
        {
            var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var proxy in proxies.KnownProxies)
            {
                options.KnownProxies.Add(IPAddress.Parse(proxy));
            }

            app.UseForwardedHeaders(options);
        }

        if (app.Services.GetRequiredService<IOptions<CorsOptions>>().Value is { Origins.Length: > 0 } cors)
        {
            app.UseCors(policy => policy
                .WithOrigins(cors.Origins)
                .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
                .WithHeaders("Authorization", "Content-Type", "Idempotency-Key", "If-Match")
                .WithExposedHeaders("Location", "ETag", "Retry-After", "Idempotency-Replayed"));
        }
    }
}
