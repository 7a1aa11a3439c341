using System.Net;
using Repository.Api.Tests.Hosting;

namespace Repository.Api.Tests.Conventions;

public sealed class HeadersTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private RepositoryApp App => shared.App;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/machines", "no-store")]
    [InlineData("/v1/machines/malformed", "no-store")]
    [InlineData("/v1/machines/0123456789abcdef0123456789abcdef", "no-store")]
    [InlineData("/v1/status", "no-store")]
    [InlineData("/v1/audit", "no-store")]
    [InlineData("/v1/audit/head", "no-store")]
    [InlineData("/v1/nothing", "no-store")]
    [InlineData("/health/live", "no-store")]
    [InlineData("/health/ready", "no-store")]
    [InlineData("/.well-known/jwks.json", "public, max-age=60")]
    [InlineData("/problems/not-found", "public, max-age=3600")]
    public async Task Every_answer_says_how_it_may_be_kept_and_not_who_serves(string path, string cacheControl)
    {
        foreach (var client in (HttpClient[])[App.Anonymous, App.Administrator])
        {
            using var answer = await client.GetAsync(path, Ct);

            Assert.Null(answer.HeaderOf("Server"));
            Assert.Null(answer.HeaderOf("X-Powered-By"));
            Assert.Equal("nosniff", answer.HeaderOf("X-Content-Type-Options"));
            Assert.Equal(cacheControl, answer.HeaderOf("Cache-Control"));
            Assert.Null(answer.HeaderOf("Set-Cookie"));
        }
    }

    [Fact]
    public async Task The_outermost_refusals_have_them_too()
    {
        using var tooLarge = await RawHttp.SendAsync(App, "POST /v1/machines", ["Content-Type: application/json", "Content-Length: 1048577"], [], Ct);
        using var unauthenticated = await RawHttp.SendAsync(App, "GET /v1/status", ["Authorization: Bearer x"], [], Ct);

        foreach (var answer in (HttpResponseMessage[])[tooLarge, unauthenticated])
        {
            Assert.Null(answer.HeaderOf("Server"));
            Assert.Equal("nosniff", answer.HeaderOf("X-Content-Type-Options"));
            Assert.Equal("no-store", answer.HeaderOf("Cache-Control"));
        }
    }

    [Fact]
    public async Task Health_is_answered_without_a_body_to_HEAD()
    {
        foreach (var path in (string[])["/health/live", "/health/ready"])
        {
            using var answer = await RepositoryApp.SendAsync(App.Anonymous, HttpMethod.Head, path, null, Ct);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("application/json; charset=utf-8", answer.HeaderOf("Content-Type"));
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Ct));
        }
    }
}
