using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Idempotency;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Conventions;

/// <summary>No path takes two methods that write yet: what makes two requests one is asked of the scope itself.</summary>
public sealed class IdempotencyScopeTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public void Caller_method_path_query_and_key_each_make_another_request_and_the_body_does_not()
    {
        var scope = ScopeOf(shared.App, "body", "caller", "POST", "/v1/path?query", "key");

        Assert.Equal(scope.Hash, ScopeOf(shared.App, "another", "caller", "POST", "/v1/path?query", "key").Hash);
        Assert.NotEqual(scope.BodyHash, ScopeOf(shared.App, "another", "caller", "POST", "/v1/path?query", "key").BodyHash);
        IdempotencyScope[] others =
        [
            ScopeOf(shared.App, "body", "", "POST", "/v1/path?query", "key"),
            ScopeOf(shared.App, "body", "caller", "PUT", "/v1/path?query", "key"),
            ScopeOf(shared.App, "body", "caller", "POST", "/v1/path", "key"),
            ScopeOf(shared.App, "body", "caller", "POST", "/v1/path?query", "yek"),
            ScopeOf(shared.App, "body", "callerP", "OST", "/v1/path?query", "key"), // The same text, cut elsewhere.
            ScopeOf(shared.App, "body", "caller", "POST", "/v1/path?quer", "ykey"),
        ];
        Assert.Equal(others.Length + 1, others.Append(scope).Select(other => Convert.ToHexString(other.Hash)).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Another_servers_scopes_cannot_be_compared_with_ours()
    {
        await using var other = await RepositoryApp.StartAsync(DatabaseProvider.Sqlite, TestContext.Current.CancellationToken);

        var ours = ScopeOf(shared.App, "body", "caller", "POST", "/v1/path", "key");
        var theirs = ScopeOf(other, "body", "caller", "POST", "/v1/path", "key");

        Assert.NotEqual(ours.Hash, theirs.Hash);
        Assert.NotEqual(ours.BodyHash, theirs.BodyHash);
    }

    private static IdempotencyScope ScopeOf(RepositoryApp app, string body, string caller, string method, string target, string key) =>
        app.Services.GetRequiredService<IdempotentWrites>().ScopeOf(Encoding.UTF8.GetBytes(body), caller, method, target, key);
}
