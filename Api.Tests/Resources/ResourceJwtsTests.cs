using System.Net;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Resources;

public abstract class ResourceJwtsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"timecode":null,"audience":null,"lifetimeSeconds":null,"claims":null}""")]
    public async Task A_jwt_says_who_for_whom_and_when(string? body)
    {
        var resource = await App.NewResourceAsync(Ct);
        App.Clock.Advance(TimeSpan.FromMilliseconds(700)); // The claims are cut to the second.

        var (token, json) = await IssueAsync(resource, body);

        Assert.Equal(["expiresDate", "timecode", "token"], Answers.MembersOf(json));
        Assert.Equal(WindowCalls.Now, json.GetProperty("timecode").GetInt64());
        Assert.Equal("2026-11-21T19:34:00.0000000Z", json.GetProperty("expiresDate").GetString());
        var claims = PayloadOf(token);
        Assert.Equal(["aud", "exp", "iat", "iss", "jti", "nbf", "sub"], Answers.MembersOf(claims));
        Assert.Equal(
            (App.Issuer, resource.Guid, resource.Guid, WindowCalls.Now, WindowCalls.Now, WindowCalls.Now + 900),
            (Text(claims, "iss"), Text(claims, "sub"), Text(claims, "aud"), Number(claims, "iat"), Number(claims, "nbf"), Number(claims, "exp")));
        Assert.Equal("JWT", new JsonWebToken(token).Typ);
    }

    [Fact]
    public async Task Standard_middleware_takes_it()
    {
        var resource = await App.NewResourceAsync(Ct);

        var (token, _) = await IssueAsync(resource, $$$"""{"audience":"{{{App.Issuer}}}","claims":{"job":"print"}}""");

        await App.AssertVerifiesAsync(token, Ct);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-900 * 100)]
    [InlineData(900)]
    public async Task Its_iat_is_the_timecode_and_its_nbf_the_true_time_and_no_key_is_made(long offset)
    {
        var resource = await App.NewResourceAsync(Ct);
        App.Clock.Advance(TimeSpan.FromDays(3)); // Also of a window whose key is gone, or was retired.

        var now = WindowCalls.Now + (3 * 86_400);
        var (token, json) = await IssueAsync(resource, $$"""{"timecode":{{now + offset}},"lifetimeSeconds":1}""");

        var claims = PayloadOf(token);
        Assert.Equal((now + offset, now, now + 1), (Number(claims, "iat"), Number(claims, "nbf"), Number(claims, "exp")));
        Assert.Equal(now + offset, json.GetProperty("timecode").GetInt64());
        Assert.Equal(now + 1, json.GetProperty("expiresDate").GetDateTimeOffset().ToUnixTimeSeconds());
        Assert.Equal(0, await App.CountKeysAsync(Ct));
    }

    [Fact]
    public async Task Own_claims_stand_at_top_level_as_they_were_written()
    {
        var resource = await App.NewResourceAsync(Ct);
        const string own = """{"job":{"name":"Ü\ud83d\udd70","pages":[1,2.50,1e3,true,null]},"ISS":"x","":0,"n":12345678901234567890}""";

        var (token, _) = await IssueAsync(resource, $$"""{"claims":{{own}},"audience":"everyone"}""");

        var claims = PayloadOf(token);
        Assert.Equal("everyone", Text(claims, "aud"));
        var expected = JsonElement.Parse(own);
        Assert.All(expected.EnumerateObject(), claim => Assert.True(JsonElement.DeepEquals(claim.Value, claims.GetProperty(claim.Name))));
        Assert.Equal(7 + expected.EnumerateObject().Count(), claims.EnumerateObject().Count());
        await IsNoCredentialAsync(token);
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("sub")]
    [InlineData("aud")]
    [InlineData("iat")]
    [InlineData("nbf")]
    [InlineData("exp")]
    [InlineData("jti")]
    [InlineData("sid")]
    [InlineData("scope")]
    [InlineData("cap")]
    [InlineData("s\\u0069d")]
    public async Task What_the_server_says_itself_nobody_says_for_it(string name)
    {
        var resource = await App.NewResourceAsync(Ct);

        using var refused = await PostAsync(resource, $$$"""{"claims":{"a":1,"{{{name}}}":null}}""");

        await refused.InvalidAsync(Ct, "claims");
    }

    [Theory]
    [InlineData("""{"claims":[]}""", "claims")]
    [InlineData("""{"claims":"x"}""", "claims")]
    [InlineData("""{"claims":1}""", "claims")]
    [InlineData("""{"claims":{"a":"\ud800"}}""", "claims")]
    [InlineData("""{"claims":{"a":["\udc00"]}}""", "claims")]
    [InlineData("""{"claims":{"\ud800":1}}""", "claims")]
    [InlineData("""{"claims":{"azp":1}}""", "claims")]
    [InlineData("""{"lifetimeSeconds":0}""", "lifetimeSeconds")]
    [InlineData("""{"lifetimeSeconds":-1}""", "lifetimeSeconds")]
    [InlineData("""{"lifetimeSeconds":2592001}""", "lifetimeSeconds")]
    [InlineData("""{"lifetimeSeconds":1.5}""", "lifetimeSeconds")]
    [InlineData("""{"lifetimeSeconds":"900"}""", "lifetimeSeconds")]
    [InlineData("""{"audience":""}""", "audience")]
    [InlineData("""{"audience":["a"]}""", "audience")]
    [InlineData("""{"subject":"x"}""", "subject")]
    public async Task What_cannot_be_said_is_refused_by_member(string json, string member)
    {
        var resource = await App.NewResourceAsync(Ct);

        using var refused = await PostAsync(resource, json);

        await refused.InvalidAsync(Ct, member);
    }

    [Fact]
    public async Task A_claim_is_not_given_twice()
    {
        var resource = await App.NewResourceAsync(Ct);
        foreach (var claims in (string[])["""{"a":1,"a":1}""", """{"a":1,"\u0061":2}""", """{"a":{"b":1,"b":2}}"""])
        {
            using var refused = await PostAsync(resource, $$"""{"claims":{{claims}}}""");
            await refused.RefusedAsync(HttpStatusCode.BadRequest, "validation-failed", Ct);
        }
    }

    [Fact]
    public async Task Both_sides_of_each_limit()
    {
        var resource = await App.NewResourceAsync(Ct);
        foreach (var (body, status) in ((string, HttpStatusCode)[])
            [
                ("""{"lifetimeSeconds":2592000}""", HttpStatusCode.OK),
                ($$$"""{"claims":{"a":"{{{new string('x', 4_088)}}}"}}""", HttpStatusCode.OK),
                ($$$"""{"claims":{"a":"{{{new string('x', 4_089)}}}"}}""", HttpStatusCode.BadRequest),
                ($$"""{"audience":"{{new string('x', 256)}}"}""", HttpStatusCode.OK),
                ($$"""{"audience":"{{new string('x', 257)}}"}""", HttpStatusCode.BadRequest),
            ])
        {
            using var answer = await PostAsync(resource, body);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Claims_that_are_hard_to_read_break_neither_the_signing_nor_the_introspection()
    {
        var resource = await App.NewResourceAsync(Ct);
        var nested = string.Concat(Enumerable.Repeat("[", 60)) + string.Concat(Enumerable.Repeat("]", 60));
        foreach (var value in (string[])["1e400", "-1e-400", "123456789012345678901234567890.123456789", nested, "\"2026-11-21T19:19:00Z\"", "null"])
        {
            foreach (var name in (string[])["a", "typ", "alg", "act", "amr", "nonce", "auth_time"])
            {
                var (token, _) = await IssueAsync(resource, $$$"""{"claims":{"{{{name}}}":{{{value}}}}}""");
                using var form = new FormUrlEncodedContent([new("token", token)]);
                using var introspected = await App.Administrator.PostAsync("/v1/tokens/introspect", form, Ct);
                Assert.True((await introspected.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("active").GetBoolean(), $"{name}: {value}");
            }
        }
    }

    [Fact]
    public async Task Its_resource_may_revoke_it_and_another_may_not()
    {
        var resource = await App.NewResourceAsync(Ct);
        var other = await App.NewResourceAsync(Ct, resource.Owner);
        var (token, _) = await IssueAsync(resource, "{}");

        using var byOther = await RevokeAsync(other, token);
        Assert.True(await IsActiveAsync(resource, token));
        using var byItself = await RevokeAsync(resource, token);

        Assert.Equal(HttpStatusCode.OK, byItself.StatusCode);
        Assert.False(await IsActiveAsync(resource, token));
    }

    [Fact]
    public async Task It_is_no_credential()
    {
        var resource = await App.NewResourceAsync(Ct);

        var (token, _) = await IssueAsync(resource, $$"""{"audience":"{{App.Issuer}}"}""");

        await IsNoCredentialAsync(token);
    }

    private static JsonElement PayloadOf(string token) =>
        JsonElement.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));

    private static string? Text(JsonElement claims, string name) => claims.GetProperty(name).GetString();

    private static long Number(JsonElement claims, string name) => claims.GetProperty(name).GetInt64();

    private static Task<HttpResponseMessage> PostAsync(TestResource resource, string? json) =>
        RepositoryApp.SendAsync(resource.Instance, HttpMethod.Post, $"/v1/resources/{resource.Guid}/jwt", json, Ct);

    private static async Task<(string Token, JsonElement Answer)> IssueAsync(TestResource resource, string? json)
    {
        using var answer = await PostAsync(resource, json);
        var issued = await answer.IsAsync(HttpStatusCode.OK, Ct);
        return (issued.GetProperty("token").GetString()!, issued);
    }

    private static async Task<HttpResponseMessage> RevokeAsync(TestResource resource, string token)
    {
        using var form = new FormUrlEncodedContent([new("token", token)]);
        return await resource.Instance.PostAsync("/v1/tokens/revoke", form, Ct);
    }

    private static async Task<bool> IsActiveAsync(TestResource resource, string token)
    {
        using var form = new FormUrlEncodedContent([new("token", token)]);
        using var answer = await resource.Instance.PostAsync("/v1/tokens/introspect", form, Ct);
        return (await answer.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("active").GetBoolean();
    }

    private async Task IsNoCredentialAsync(string token)
    {
        using var refused = await App.Bearing(token).GetAsync("/health/live", Ct);
        await refused.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
    }

    public sealed class OnSqlite() : ResourceJwtsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : ResourceJwtsTests(DatabaseProvider.Postgres);
}
