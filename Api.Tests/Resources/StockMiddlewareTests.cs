using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Keys;
using Repository.Api.Tests.Sessions;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Resources;

/// <summary>Somebody's service, with ASP.NET Core's own middleware, which knows nothing of this server but its address.</summary>
public sealed class StockMiddlewareTests() : DatabaseTests(DatabaseProvider.Sqlite)
{
    [Fact]
    public async Task A_resources_token_is_let_in_and_what_is_none_is_not()
    {
        App.Clock.Advance(TimeProvider.System.GetUtcNow() - App.Clock.GetUtcNow()); // The middleware has a clock of its own.
        var resource = await App.NewResourceAsync(Ct);
        var other = await App.NewResourceAsync(Ct);
        await using var service = await StartServiceAsync(App.Issuer, audience: resource.Guid);
        using var client = new HttpClient { BaseAddress = new Uri(service.Urls.First()) };

        Assert.Equal((HttpStatusCode.OK, $"{resource.Guid} at the east face"), await CallAsync(client, await TokenAsync(resource)));

        Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync(client, await TokenAsync(other))).Status); // Of another audience.
        Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync(client, await App.TimeTokenAsync(Ct))).Status);
        var token = await TokenAsync(resource);
        Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync(client, token[..^4] + (token.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA"))).Status);
    }

    private static async Task<WebApplication> StartServiceAsync(string issuer, string audience)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication().AddJwtBearer(options =>
        {
            options.Authority = issuer;
            options.Audience = audience;
            options.RequireHttpsMetadata = false; // On loopback there is no certificate.
            options.MapInboundClaims = false;
        });
        var service = builder.Build();
        service.Urls.Add("http://127.0.0.1:0");
        service.UseAuthentication();
        service.UseAuthorization();
        service.MapGet("/", static (ClaimsPrincipal caller) => $"{caller.FindFirstValue("sub")} at the {caller.FindFirstValue("face")} face").RequireAuthorization();
        await service.StartAsync(Ct);
        return service;
    }

    private static async Task<string> TokenAsync(TestResource resource)
    {
        using var answer = await RepositoryApp.SendAsync(
            resource.Instance,
            HttpMethod.Post,
            $"/v1/resources/{resource.Guid}/jwt",
            """{"claims":{"face":"east"}}""",
            Ct);
        return (await answer.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("token").GetString()!;
    }

    private static async Task<(HttpStatusCode Status, string Body)> CallAsync(HttpClient client, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await client.SendAsync(request, Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }
}
