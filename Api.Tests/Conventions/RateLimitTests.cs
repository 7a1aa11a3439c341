using System.Globalization;
using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Conventions;

public sealed class RateLimitTests() : DatabaseTests(DatabaseProvider.Sqlite)
{
    protected override (string Name, string Value)[] Settings =>
    [
        ("RateLimits:Enabled", "true"),
        ("RateLimits:AnonymousPerMinute", "5"),
        ("RateLimits:AuthenticatedPerMinute", "7"),
    ];

    [Fact]
    [Shows("rate-limited")]
    public async Task The_request_past_the_limit_is_refused_and_told_when_to_come_back()
    {
        foreach (var path in (string[])["/health/live", "/nothing", "/v1/status", "/v1/machines/x", "/problems"])
        {
            using var admitted = await App.Anonymous.GetAsync(path, Ct);
            Assert.NotEqual(HttpStatusCode.TooManyRequests, admitted.StatusCode);
        }

        foreach (var path in (string[])["/health/live", "/nothing", "/v1/status"])
        {
            using var refused = await App.Anonymous.GetAsync(path, Ct);
            await refused.RefusedAsync(HttpStatusCode.TooManyRequests, "rate-limited", Ct);
            Assert.InRange(int.Parse(refused.HeaderOf("Retry-After")!, NumberStyles.None, CultureInfo.InvariantCulture), 1, 60);
        }
    }

    [Fact]
    public async Task A_credential_has_a_limit_of_its_own()
    {
        await SpendAsync(5, null);
        await SpendAsync(7, $"Bearer {App.AdminKey}");

        using var past = await GetAsync($"Bearer {App.AdminKey}");

        await past.RefusedAsync(HttpStatusCode.TooManyRequests, "rate-limited", Ct);
    }

    [Fact]
    public async Task A_bad_credential_counts_against_its_address()
    {
        for (var i = 0; i < 5; i++)
        {
            using var guess = await GetAsync($"Bearer rak_{i}{new string('0', 40)}");
            await guess.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        }

        using var sixth = await GetAsync("Bearer rak_another-guess");
        using var anonymous = await GetAsync(null);
        using var administrator = await GetAsync($"Bearer {App.AdminKey}");

        await sixth.RefusedAsync(HttpStatusCode.TooManyRequests, "rate-limited", Ct);
        await anonymous.RefusedAsync(HttpStatusCode.TooManyRequests, "rate-limited", Ct);
        await administrator.IsAsync(HttpStatusCode.OK, Ct);
    }

    [Fact]
    public async Task A_forwarded_address_is_not_believed_from_anyone()
    {
        for (var i = 0; i < 5; i++)
        {
            using var admitted = await GetAsync(null, $"10.0.0.{i}");
            await admitted.IsAsync(HttpStatusCode.OK, Ct);
        }

        using var refused = await GetAsync(null, "10.0.0.99");

        await refused.RefusedAsync(HttpStatusCode.TooManyRequests, "rate-limited", Ct);
    }

    [Fact]
    public async Task A_forwarded_address_is_believed_from_a_configured_proxy_only()
    {
        await App.RestartAsync(Ct, ("ForwardedHeaders:KnownProxies:0", "127.0.0.1"));
        await SpendAsync(5, null, "10.0.0.1");
        using var spent = await GetAsync(null, "10.0.0.1");
        await spent.RefusedAsync(HttpStatusCode.TooManyRequests, "rate-limited", Ct);
        using var chained = await GetAsync(null, "10.0.0.2, 10.0.0.1"); // Only what the proxy itself has added counts: the last.
        await chained.RefusedAsync(HttpStatusCode.TooManyRequests, "rate-limited", Ct);
        using var neighbour = await GetAsync(null, "10.0.0.2");
        await neighbour.IsAsync(HttpStatusCode.OK, Ct);

        await App.RestartAsync(Ct, ("ForwardedHeaders:KnownProxies:0", "192.0.2.1"));
        await SpendAsync(5, null, "10.0.0.3");
        using var disbelieved = await GetAsync(null, "10.0.0.4");
        await disbelieved.RefusedAsync(HttpStatusCode.TooManyRequests, "rate-limited", Ct);
    }

    [Fact]
    public async Task Hosts_of_one_IPv6_network_share_a_limit()
    {
        await App.RestartAsync(Ct, ("ForwardedHeaders:KnownProxies:0", "127.0.0.1"));
        for (var i = 1; i <= 5; i++)
        {
            await SpendAsync(1, null, $"2001:db8:0:1::{i}");
        }

        using var sameNetwork = await GetAsync(null, "2001:db8:0:1:ffff::1");
        using var nextNetwork = await GetAsync(null, "2001:db8:0:2::1");

        await sameNetwork.RefusedAsync(HttpStatusCode.TooManyRequests, "rate-limited", Ct);
        await nextNetwork.IsAsync(HttpStatusCode.OK, Ct);
    }

    private async Task SpendAsync(int requests, string? authorization, string? forwardedFor = null)
    {
        for (var i = 0; i < requests; i++)
        {
            using var admitted = await GetAsync(authorization, forwardedFor);
            await admitted.IsAsync(HttpStatusCode.OK, Ct);
        }
    }

    private Task<HttpResponseMessage> GetAsync(string? authorization, string? forwardedFor = null)
    {
        (string, string)[] headers =
        [
            .. authorization is null ? [] : new[] { ("Authorization", authorization) },
            .. forwardedFor is null ? [] : new[] { ("X-Forwarded-For", forwardedFor) },
        ];
        return RepositoryApp.SendAsync(App.Anonymous, HttpMethod.Get, "/health/live", null, Ct, headers);
    }
}
