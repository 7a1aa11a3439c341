using System.Net;
using System.Text.Json;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Resources;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Coffer;

public abstract class ChangingSecretsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private static readonly (string Type, string Json, object Value)[] Values =
    [
        ("string", "\"zebra\\u0000 ✓\"", "zebra\0 ✓"),
        ("string", "\"\"", ""),
        ("integer", "9223372036854775807", long.MaxValue),
        ("integer", "-9223372036854775808", long.MinValue),
        ("integer", "-0", 0L),
        ("float", "0.1", 0.1),
        ("float", "3", 3.0),
        ("float", "-0.0", -0.0),
        ("float", "1.7976931348623157e308", double.MaxValue),
        ("boolean", "true", true),
        ("boolean", "false", false),
    ];

    private readonly CofferClient _client = CofferClient.Make();

    [Fact]
    public async Task A_secret_is_set_without_a_definition_and_counts_from_the_next_request_on()
    {
        await App.DefineAsync(CofferCalls.ShardOf(_client, "password = \"okapi\""), Ct);
        await App.SecretsOfAsync(_client, Ct); // Kept in memory from here on.
        var version = 1UL;
        foreach (var (type, json, value) in Values)
        {
            using var answer = await App.PutSecretAsync(_client, "single", $$"""{"type":"{{type}}","value":{{json}}}""", Ct);

            Assert.Equal($$"""{"version":{{++version}}}""", (await answer.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
            var content = await App.SecretsOfAsync(_client, Ct);
            Assert.Equal(version, content.Version);
            Assert.Equal(value, content["single"]);
            Assert.Equal(value.GetType(), content["single"].GetType());
            Assert.Equal("okapi", content["password"]);
        }
    }

    [Fact]
    public async Task A_date_keeps_its_instant()
    {
        await App.DefineAsync(CofferCalls.ShardOf(_client, string.Empty), Ct);
        using var answer = await App.PutSecretAsync(_client, "date", """{"type":"date","value":"2026-11-21T20:19:00.5+01:00"}""", Ct);
        await answer.IsAsync(HttpStatusCode.OK, Ct);

        Assert.Equal(
            new DateTimeOffset(2026, 11, 21, 19, 19, 0, 500, TimeSpan.Zero),
            Assert.IsType<DateTimeOffset>((await App.SecretsOfAsync(_client, Ct))["date"]));
    }

    [Theory]
    [InlineData("2026-11-21T20:19:00.12345678+01:00")]
    [InlineData("9999-12-31T23:59:59.99999999Z")]
    public async Task A_date_is_the_same_whether_it_is_set_or_defined(string date)
    {
        await App.DefineAsync(CofferCalls.ShardOf(_client, $"defined = {date}"), Ct);
        using var answer = await App.PutSecretAsync(_client, "set", $$"""{"type":"date","value":"{{date}}"}""", Ct);
        await answer.IsAsync(HttpStatusCode.OK, Ct);

        var content = await App.SecretsOfAsync(_client, Ct);
        Assert.Equal(content["defined"], content["set"]);
    }

    [Fact]
    public async Task A_key_in_the_path_is_any_text()
    {
        await App.DefineAsync(CofferCalls.ShardOf(_client, string.Empty), Ct);
        string[] keys = ["a/b", "a%2Fb", "a%2fb", "/", "//", "a?b#c", "with space", "+", "%", "%25", "ä✓🗝", "..x", "\u0001", new('x', 1_024), "a;b=c", "secrets"];
        foreach (var key in keys)
        {
            using var set = await App.PutSecretAsync(_client, key, """{"type":"integer","value":1}""", Ct);
            await set.IsAsync(HttpStatusCode.OK, Ct);
        }

        Assert.Equal(keys.Order(StringComparer.Ordinal), (await App.SecretsOfAsync(_client, Ct)).Keys.Order(StringComparer.Ordinal));
        foreach (var key in keys)
        {
            using var deleted = await App.Administrator.DeleteAsync(CofferCalls.SecretPath(_client, key), Ct);
            await deleted.IsAsync(HttpStatusCode.OK, Ct);
        }

        Assert.Empty((await App.SecretsOfAsync(_client, Ct)).Secrets);
        using var tooLong = await App.PutSecretAsync(_client, new string('x', 1_025), """{"type":"integer","value":1}""", Ct);
        await tooLong.InvalidAsync(Ct, "key");
    }

    [Theory]
    [InlineData("%ff")]
    [InlineData("%c3")]
    [InlineData("%ed%a0%80")]
    [InlineData("%c0%af")]
    [InlineData("a%")]
    [InlineData("a%2")]
    [InlineData("%zz")]
    public async Task A_path_that_is_not_percent_encoded_utf_8_is_no_second_spelling_of_a_key(string segment)
    {
        await App.DefineAsync(CofferCalls.ShardOf(_client, $"\"{segment}\" = 1"), Ct);
        foreach (var (method, body) in ((string, byte[])[])[("PUT", """{"type":"integer","value":2}"""u8.ToArray()), ("DELETE", [])])
        {
            using var answer = await RawHttp.SendAsync(
                App,
                $"{method} /v1/coffer/shards/{_client.Id}/secrets/{segment}",
                [$"Authorization: {App.Administrator.DefaultRequestHeaders.Authorization}", "Content-Type: application/json", $"Content-Length: {body.Length}"],
                body,
                Ct);
            await answer.InvalidAsync(Ct, "key");
        }

        Assert.Equal(1L, (await App.SecretsOfAsync(_client, Ct))[segment]);
    }

    [Fact]
    [Shows("shard-unknown")]
    [Shows("secret-unknown")]
    public async Task What_is_not_there_is_said_and_changes_nothing()
    {
        var version = await App.DefineAsync(CofferCalls.ShardOf(_client, "password = 1"), Ct);
        var stranger = CofferClient.Make();
        using var set = await App.PutSecretAsync(stranger, "single", """{"type":"integer","value":1}""", Ct);
        using var deleted = await App.Administrator.DeleteAsync(CofferCalls.SecretPath(stranger, "password"), Ct);
        using var read = await App.Administrator.GetAsync($"/v1/coffer/shards/{stranger.Id}", Ct);
        using var secret = await App.Administrator.DeleteAsync(CofferCalls.SecretPath(_client, "Password"), Ct);

        foreach (var answer in (HttpResponseMessage[])[set, deleted, read])
        {
            await answer.RefusedAsync(HttpStatusCode.NotFound, "shard-unknown", Ct);
        }

        await secret.RefusedAsync(HttpStatusCode.NotFound, "secret-unknown", Ct);
        Assert.Equal(version, await App.CofferVersionAsync(Ct));
        Assert.Single(await App.AuditAsync("coffer-defined", Ct));
        Assert.Empty(await App.AuditAsync("coffer-secret-set", Ct));
        Assert.Empty(await App.AuditAsync("coffer-secret-deleted", Ct));
    }

    [Fact]
    public async Task An_administrator_sees_names_types_and_dates_and_hex_in_either_case_and_no_value()
    {
        await App.DefineAsync(CofferCalls.ShardOf(_client, "b = \"zebra-7291\"\na = 7291\nc = 0.7291\nd = true\ne = 2026-11-21T19:19:00Z"), Ct);
        var defined = Repository.Domain.Encoding.Rfc3339Date.Spell(App.Clock.GetUtcNow());
        App.Clock.Advance(TimeSpan.FromHours(1));
        var changed = Repository.Domain.Encoding.Rfc3339Date.Spell(App.Clock.GetUtcNow());
        using var set = await RepositoryApp.SendAsync(
            App.Administrator,
            HttpMethod.Put,
            CofferCalls.SecretPath(_client, "b").Replace(_client.Id, _client.Id.ToUpperInvariant(), StringComparison.Ordinal),
            """{"type":"integer","value":72917291}""",
            Ct);
        await set.IsAsync(HttpStatusCode.OK, Ct);

        using var answer = await App.Administrator.GetAsync($"/v1/coffer/shards/{_client.Id.ToUpperInvariant()}", Ct);

        Assert.Equal(
            $$"""
            {"publicKey":"{{_client.Id}}","name":"web","version":2,"secrets":[{"key":"a","type":"integer","changedDate":"{{defined}}"},{"key":"b","type":"integer","changedDate":"{{changed}}"},{"key":"c","type":"float","changedDate":"{{defined}}"},{"key":"d","type":"boolean","changedDate":"{{defined}}"},{"key":"e","type":"date","changedDate":"{{defined}}"}],"licence":null}
            """,
            (await answer.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
        var entry = Assert.Single(await App.AuditAsync("coffer-secret-set", Ct));
        Assert.Equal(("administrator", _client.Id), (entry.GetProperty("actor").GetString(), entry.GetProperty("subject").GetString()));
        Assert.Equal("""{"key":"b","version":2}""", entry.GetProperty("details").GetRawText());
    }

    [Fact]
    public async Task Shards_are_listed_in_parts_by_their_keys_each_with_its_secrets()
    {
        var clients = Enumerable.Range(0, 5).Select(_ => CofferClient.Make()).ToList();
        await App.DefineAsync(string.Concat(clients.Select((client, i) => CofferCalls.ShardOf(client, $"b = 1\na = {i}", $"c{i}"))), Ct);

        var items = await App.Administrator.PagedAsync("/v1/coffer/shards", Ct);

        Assert.Equal(clients.Select(client => client.Id).Order(StringComparer.Ordinal), items.Select(item => item.GetProperty("publicKey").GetString()));
        Assert.All(items, item => Assert.Equal(
            ["a", "b"],
            item.GetProperty("secrets").EnumerateArray().Select(secret => secret.GetProperty("key").GetString())));
    }

    public sealed class OnSqlite() : ChangingSecretsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : ChangingSecretsTests(DatabaseProvider.Postgres);
}
