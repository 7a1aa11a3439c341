using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Conventions;

public sealed class CrossOriginTests
{
    private const string Friend = "https://admin.example.com";
    private const string Stranger = "https://evil.example.com";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_off_by_default()
    {
        await using var app = await RepositoryApp.StartAsync(DatabaseProvider.Sqlite, Ct);

        using var read = await GetAsync(app, Friend);
        using var preflight = await PreflightAsync(app, Friend);

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Empty(AccessControl(read));
        await preflight.RefusedAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed", Ct);
        Assert.Empty(AccessControl(preflight));
    }

    [Fact]
    public async Task Is_on_for_configured_origins_only()
    {
        await using var app = await RepositoryApp.StartAsync(
            DatabaseProvider.Sqlite,
            Ct,
            ("Cors:Origins:0", Friend),
            ("Cors:Origins:1", "http://localhost:3000"));

        foreach (var origin in (string[])[Friend, "http://localhost:3000"])
        {
            using var read = await GetAsync(app, origin);
            Assert.Equal(origin, read.HeaderOf("Access-Control-Allow-Origin"));
            Assert.Null(read.HeaderOf("Access-Control-Allow-Credentials"));
            Assert.Contains("Idempotency-Replayed", read.HeaderOf("Access-Control-Expose-Headers"), StringComparison.Ordinal);
            using var preflight = await PreflightAsync(app, origin);
            Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
            Assert.Equal(origin, preflight.HeaderOf("Access-Control-Allow-Origin"));
            Assert.Contains("PATCH", preflight.HeaderOf("Access-Control-Allow-Methods"), StringComparison.Ordinal);
            Assert.Contains("Idempotency-Key", preflight.HeaderOf("Access-Control-Allow-Headers"), StringComparison.Ordinal);
        }

        foreach (var origin in (string[])[Stranger, "http://admin.example.com", Friend + ".evil.example", "null"])
        {
            using var read = await GetAsync(app, origin);
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
            Assert.Empty(AccessControl(read));
            using var preflight = await PreflightAsync(app, origin);
            Assert.Null(preflight.HeaderOf("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task A_page_of_a_configured_origin_can_read_refusals_too()
    {
        await using var app = await RepositoryApp.StartAsync(DatabaseProvider.Sqlite, Ct, ("Cors:Origins:0", Friend));

        using var answer = await RepositoryApp.SendAsync(
            app.Anonymous,
            HttpMethod.Get,
            "/v1/status",
            null,
            Ct,
            ("Origin", Friend),
            ("Authorization", "Bearer x"));

        await answer.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        Assert.Equal(Friend, answer.HeaderOf("Access-Control-Allow-Origin"));
    }

    private static Task<HttpResponseMessage> GetAsync(RepositoryApp app, string origin) =>
        RepositoryApp.SendAsync(app.Anonymous, HttpMethod.Get, "/health/live", null, Ct, ("Origin", origin));

    private static Task<HttpResponseMessage> PreflightAsync(RepositoryApp app, string origin) => RepositoryApp.SendAsync(
        app.Anonymous,
        HttpMethod.Options,
        "/v1/machines/0123456789abcdef0123456789abcdef",
        null,
        Ct,
        ("Origin", origin),
        ("Access-Control-Request-Method", "PATCH"),
        ("Access-Control-Request-Headers", "authorization,content-type,idempotency-key"));

    private static IEnumerable<string> AccessControl(HttpResponseMessage answer) =>
        answer.Headers.Select(header => header.Key).Where(name => name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
}
