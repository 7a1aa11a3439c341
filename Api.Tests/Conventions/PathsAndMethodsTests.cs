using System.Net;
using Repository.Api.Tests.Hosting;

namespace Repository.Api.Tests.Conventions;

public sealed class PathsAndMethodsTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private RepositoryApp App => shared.App;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [Shows("not-found")]
    [InlineData("GET", "/")]
    [InlineData("GET", "/v1")]
    [InlineData("GET", "/v2/machines")]
    [InlineData("GET", "/v1/nothing")]
    [InlineData("POST", "/v1/nothing")]
    [InlineData("PATCH", "/v1/nothing")]
    [InlineData("GET", "/v1/machines/0123456789abcdef0123456789abcdef/nothing")]
    [InlineData("GET", "/v1/machines/0123456789abcdef0123456789abcdef/verify/more")]
    [InlineData("GET", "/health")]
    [InlineData("GET", "/index.html")]
    [InlineData("GET", "/appsettings.json")]
    [InlineData("GET", "/v1/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("GET", "/swagger/nothing.js")]
    public async Task An_unknown_path_is_not_found(string method, string path)
    {
        using var answer = await SendAsync(method, path);

        var problem = await answer.RefusedAsync(HttpStatusCode.NotFound, "not-found", Ct);
        Assert.Equal(["code", "detail", "instance", "status", "title", "traceId", "type"], Answers.MembersOf(problem));
        Assert.Equal(new Uri(App.Anonymous.BaseAddress!, path).AbsolutePath, problem.GetProperty("instance").GetString());
    }

    [Theory]
    [Shows("method-not-allowed")]
    [InlineData("PUT", "/v1/machines", "GET, POST")]
    [InlineData("DELETE", "/v1/machines", "GET, POST")]
    [InlineData("OPTIONS", "/v1/machines", "GET, POST")]
    [InlineData("BREW", "/v1/machines", "GET, POST")]
    [InlineData("POST", "/v1/machines/0123456789abcdef0123456789abcdef", "GET, PATCH")]
    [InlineData("DELETE", "/v1/machines/0123456789abcdef0123456789abcdef", "GET, PATCH")]
    [InlineData("DELETE", "/v1/machines/malformed", "GET, PATCH")]
    [InlineData("GET", "/v1/machines/0123456789abcdef0123456789abcdef/verify", "POST")]
    [InlineData("PUT", "/v1/machines/0123456789abcdef0123456789abcdef/verify", "POST")]
    [InlineData("GET", "/v1/capabilities/verify", "POST")]
    [InlineData("GET", "/v1/capabilities/Verify", "POST")]
    [InlineData("DELETE", "/v1/capabilities/verify", "POST")]
    [InlineData("DELETE", "/v1/capabilities/verified", "GET")]
    [InlineData("POST", "/v1/status", "GET")]
    [InlineData("DELETE", "/v1/audit", "GET")]
    [InlineData("POST", "/v1/audit/head", "GET")]
    [InlineData("POST", "/health/live", "GET, HEAD")]
    [InlineData("PUT", "/health/ready", "GET, HEAD")]
    public async Task Another_method_is_not_allowed_and_the_right_ones_are_named(string method, string path, string allowed)
    {
        using var answer = await SendAsync(method, path);

        await answer.RefusedAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed", Ct);
        Assert.Equal(allowed, AllowedBy(answer));
    }

    [Fact]
    public async Task HEAD_where_it_is_not_allowed_is_refused_without_a_body()
    {
        using var answer = await SendAsync("HEAD", "/v1/machines");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal("GET, POST", AllowedBy(answer));
        Assert.Equal("application/problem+json", answer.HeaderOf("Content-Type"));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Ct));
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/xml;q=1.0, */*;q=0")]
    [InlineData("application/json")]
    [InlineData("image/*")]
    [InlineData("nonsense")]
    public async Task A_problem_is_a_problem_whatever_the_caller_accepts(string accept)
    {
        foreach (var (path, code) in ((string, string)[])
            [("/nothing", "not-found"), ("/v1/machines/x", "validation-failed"), ("/v1/status", "unauthenticated"),
             ("/v1/machines/0123456789abcdef0123456789abcdef", "machine-unknown"), ("/problems/nothing", "not-found")])
        {
            using var answer = await SendAsync("GET", path, ("Accept", accept));

            Assert.Equal(code, await RepositoryApp.CodeOf(answer, Ct));
        }

        using var success = await SendAsync("GET", "/health/live", ("Accept", accept));
        Assert.Equal("application/json; charset=utf-8", success.HeaderOf("Content-Type"));
    }

    [Fact]
    public async Task A_problem_repeats_no_query()
    {
        using var answer = await SendAsync("GET", "/v1/machines/x?secret=zebra");

        await answer.InvalidAsync(Ct, "machineRegisterHash");
        Assert.DoesNotContain("zebra", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private static string AllowedBy(HttpResponseMessage answer) =>
        string.Join(", ", answer.HeaderOf("Allow")!.Split(", ").Order(StringComparer.Ordinal));

    private Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers) =>
        RepositoryApp.SendAsync(App.Anonymous, new HttpMethod(method), path, null, Ct, headers);
}
