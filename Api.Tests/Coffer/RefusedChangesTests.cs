using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Resources;

namespace Repository.Api.Tests.Coffer;

public sealed class RefusedChangesTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private readonly CofferClient _client = CofferClient.Make();

    private RepositoryApp App => shared.App;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"type":"integer","value":"7"}""", "value")]
    [InlineData("""{"type":"integer","value":7.0}""", "value")]
    [InlineData("""{"type":"integer","value":7e0}""", "value")]
    [InlineData("""{"type":"integer","value":9223372036854775808}""", "value")]
    [InlineData("""{"type":"float","value":"7"}""", "value")]
    [InlineData("""{"type":"float","value":1e999}""", "value")]
    [InlineData("""{"type":"boolean","value":1}""", "value")]
    [InlineData("""{"type":"string","value":7}""", "value")]
    [InlineData("""{"type":"string","value":null}""", "value")]
    [InlineData("""{"type":"string","value":["zebra-7291"]}""", "value")]
    [InlineData("""{"type":"string","value":{"zebra-7291":1}}""", "value")]
    [InlineData("{\"type\":\"string\",\"value\":\"zebra-7291 \\ud800\"}", "value")]
    [InlineData("""{"type":"date","value":"2026-11-21T20:19:00"}""", "value")]
    [InlineData("""{"type":"date","value":"2026-11-21"}""", "value")]
    [InlineData("""{"type":"date","value":0}""", "value")]
    [InlineData("""{"type":"text","value":"zebra-7291"}""", "type")]
    [InlineData("""{"type":"String","value":"zebra-7291"}""", "type")]
    [InlineData("""{"value":"zebra-7291"}""", "type")]
    [InlineData("""{"type":"string"}""", "value")]
    [InlineData("""{"type":"string","value":"zebra-7291","more":1}""", "more")]
    public async Task A_value_of_another_type_is_refused_and_never_echoed(string json, string member)
    {
        var version = await App.DefineAsync(CofferCalls.ShardOf(_client, string.Empty), Ct);

        using var answer = await App.PutSecretAsync(_client, "single", json, Ct);

        await answer.InvalidAsync(Ct, member);
        Assert.DoesNotContain("zebra", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(version, await App.CofferVersionAsync(Ct));
    }

    [Theory]
    [InlineData("GET", "/v1/coffer/shards")]
    [InlineData("GET", "/v1/coffer/shards/{0}")]
    [InlineData("PUT", "/v1/coffer/shards/{0}/secrets/a")]
    [InlineData("DELETE", "/v1/coffer/shards/{0}/secrets/a")]
    [InlineData("PUT", "/v1/coffer/shards/{0}/licence")]
    [InlineData("DELETE", "/v1/coffer/shards/{0}/licence")]
    [InlineData("GET", "/v1/coffer/companions")]
    [InlineData("GET", "/v1/coffer/companions/{0}")]
    [InlineData("PUT", "/v1/coffer/companions/{0}")]
    [InlineData("DELETE", "/v1/coffer/companions/{0}")]
    public async Task Everything_of_the_administrators_is_refused_to_others(string method, string path)
    {
        var user = await App.NewOwnerAsync(Ct);
        var target = path.Replace("{0}", _client.Id, StringComparison.Ordinal);

        using var anonymous = await RepositoryApp.SendAsync(App.Anonymous, new HttpMethod(method), target, "{}", Ct);
        using var session = await RepositoryApp.SendAsync(App.SessionOf(user), new HttpMethod(method), target, "{}", Ct);
        using var malformed = await RepositoryApp.SendAsync(App.Administrator, new HttpMethod(method), path.Replace("{0}", _client.Id[1..], StringComparison.Ordinal), null, Ct);

        await anonymous.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        await session.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        if (path.Contains("{0}", StringComparison.Ordinal))
        {
            await malformed.InvalidAsync(Ct, "publicKey");
        }
    }
}
