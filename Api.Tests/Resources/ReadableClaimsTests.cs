using System.Net;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Sessions;

namespace Repository.Api.Tests.Resources;

/// <summary>A token that a resource was given can be read: by stock libraries, and by this server to introspect and revoke it.</summary>
public sealed class ReadableClaimsTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private RepositoryApp App => shared.App;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("5")]
    [InlineData("true")]
    [InlineData("""["a"]""")]
    [InlineData("""{"a":1}""")]
    public async Task An_authorized_party_that_is_no_text_is_refused(string party)
    {
        var resource = await App.NewResourceAsync(Ct);

        using var answer = await PostAsync(resource, $$"""{"claims":{ "azp": {{party}} } }""");

        await answer.InvalidAsync(Ct, "claims");
    }

    [Theory]
    [InlineData("""{"azp":"press"}""")]
    [InlineData("""{"azp":null}""")]
    [InlineData("""{"":1,"a":1e400,"b":99999999999999999999999999,"typ":5,"kid":{},"actort":5,"amr":5,"auth_time":"x","Sub":5,"EXP":[]}""")]
    public async Task Whatever_else_it_claims_a_token_is_introspected_and_revoked(string claims)
    {
        var resource = await App.NewResourceAsync(Ct);
        using var answer = await PostAsync(resource, $$"""{"claims": {{claims}} }""");
        var token = (await answer.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("token").GetString()!;
        Assert.True((await App.IntrospectAsync(token, Ct)).GetProperty("active").GetBoolean());

        using var revoked = await resource.Instance.PostTokenAsync("revoke", token, Ct);

        await revoked.IsAsync(HttpStatusCode.OK, Ct);
        await App.AssertInactiveAsync(token, Ct);
    }

    private static Task<HttpResponseMessage> PostAsync(TestResource resource, string json) =>
        RepositoryApp.SendAsync(resource.Instance, HttpMethod.Post, $"/v1/resources/{resource.Guid}/jwt", json, Ct);
}
