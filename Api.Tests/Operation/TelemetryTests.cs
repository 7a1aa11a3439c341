using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Operation;

public sealed class TelemetryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_happened_reaches_the_configured_collector_before_the_server_has_stopped()
    {
        var received = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        await using var collector = await StartCollectorAsync(received);
        var address = collector.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        await using var app = await RepositoryApp.StartAsync(DatabaseProvider.Sqlite, Ct, ("Telemetry:OtlpEndpoint", address));
        var (hash, date) = await app.RegisterAsync(Ct);
        var next = await app.VerifyAsync(hash, date, Ct);
        using var status = await app.Administrator.GetAsync("/v1/status", Ct);

        await app.StopAsync(Ct);

        Assert.Equal(["/v1/metrics", "/v1/traces"], received.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("repository.storage.commits", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains($"/v1/machines/{hash}/verify", received["/v1/traces"], StringComparison.Ordinal);
        Assert.All(
            received.Values,
            export =>
            {
                Assert.Contains("service.name", export, StringComparison.Ordinal);
                Assert.DoesNotContain(app.AdminKey, export, StringComparison.Ordinal);
                Assert.DoesNotContain(date, export, StringComparison.Ordinal);
                Assert.DoesNotContain(next, export, StringComparison.Ordinal);
            });
    }

    [Fact]
    public async Task A_collector_that_is_not_there_harms_nothing()
    {
        await using var app = await RepositoryApp.StartAsync(
            DatabaseProvider.Sqlite,
            Ct,
            ("Telemetry:OtlpEndpoint", $"http://127.0.0.1:{PostgresServer.FreePort()}"));

        var (hash, date) = await app.RegisterAsync(Ct);
        await app.VerifyAsync(hash, date, Ct);

        await app.StopAsync(Ct);
    }

    /// <summary>Keeps all that comes to each path, as Latin-1, so that names in the protocol buffers can be searched for.</summary>
    private static async Task<WebApplication> StartCollectorAsync(ConcurrentDictionary<string, string> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var collector = builder.Build();
        collector.MapPost("/{**path}", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            received.AddOrUpdate(
                context.Request.Path,
                static (_, text) => text,
                static (_, before, text) => before + text,
                Encoding.Latin1.GetString(body.ToArray()));
            context.Response.ContentType = "application/x-protobuf";
        });
        await collector.StartAsync(Ct);
        return collector;
    }
}
