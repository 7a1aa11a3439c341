using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Repository.Benchmarks.Load.Baseline;

/// <summary>The bare Kestrel application that figures are divided by: no logging, no middleware, three endpoints.</summary>
internal static class BaselineApplication
{
    public static async Task<int> RunAsync(string port, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear(); // A folder it is started in may hold the server's settings.
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture)));
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, EchoJsonContext.Default));

        await using var app = builder.Build();
        app.MapGet("/hello", () => "hello");
        app.MapPost("/echo", (EchoMessage message) => message);
        app.MapGet("/hold", static (HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await ((IHost)app).RunAsync(ct);
        return 0;
    }
}
