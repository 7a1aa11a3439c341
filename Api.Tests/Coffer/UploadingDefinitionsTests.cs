using System.Net;
using System.Text;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Resources;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Coffer;

public abstract class UploadingDefinitionsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private readonly CofferClient _client = CofferClient.Make();

    [Fact]
    public async Task An_administrator_uploads_plain_TOML_as_often_as_it_likes_and_the_version_grows()
    {
        Assert.Equal(0, await App.CofferVersionAsync(Ct));
        using var first = await App.PutTomlAsync(Toml("zebra"), Ct);
        using var again = await App.PutTomlAsync(Toml("zebra"), Ct);

        var defined = await first.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Equal("""{"version":1,"shards":1,"secrets":2}""", defined.GetRawText());
        Assert.Equal(2, (await again.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("version").GetInt32());
        Assert.Equal(2, await App.CofferVersionAsync(Ct));
        Assert.Equal("zebra", (await App.SecretsOfAsync(_client, Ct))["password"]);
    }

    [Fact]
    [Shows("definition-replayed")]
    public async Task A_sealed_definition_is_accepted_once_for_ever_and_the_same_words_in_a_new_box_are_no_replay()
    {
        var body = await App.SealAsync(Toml("zebra"), Ct);
        using var first = await PutSealedAsync(body);
        using var again = await PutSealedAsync(body);
        await App.DefineAsync(Toml("okapi"), Ct);
        await App.RestartAsync(Ct);
        using var later = await PutSealedAsync(body);

        await first.IsAsync(HttpStatusCode.OK, Ct);
        await again.RefusedAsync(HttpStatusCode.Conflict, "definition-replayed", Ct);
        await later.RefusedAsync(HttpStatusCode.Conflict, "definition-replayed", Ct);
        Assert.Equal("okapi", (await App.SecretsOfAsync(_client, Ct))["password"]);
        using var resealed = await PutSealedAsync(await App.SealAsync(Toml("zebra"), Ct));
        Assert.Equal(3, (await resealed.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("version").GetInt32());
        Assert.Equal("zebra", (await App.SecretsOfAsync(_client, Ct))["password"]);
    }

    [Fact]
    public async Task A_companion_uploads_its_box_without_a_credential_once()
    {
        var companion = CofferClient.Make();
        await App.RegisterCompanionAsync(companion, Ct);
        var body = companion.Box(Encoding.UTF8.GetBytes(Toml("zebra")), await App.ServerKeyAsync(Ct));

        using var first = await PutBoxAsync(body);
        using var again = await PutBoxAsync(body);

        await first.IsAsync(HttpStatusCode.OK, Ct);
        await again.RefusedAsync(HttpStatusCode.Conflict, "definition-replayed", Ct);
        Assert.Equal("zebra", (await App.SecretsOfAsync(_client, Ct))["password"]);
        var entry = Assert.Single(await App.AuditAsync("coffer-defined", Ct));
        Assert.Equal($"companion:{companion.Id}", entry.GetProperty("actor").GetString());
        Assert.Equal("""{"secrets":2,"shards":1,"version":1}""", entry.GetProperty("details").GetRawText());
    }

    [Fact]
    public async Task What_is_no_box_of_a_companion_or_not_sealed_to_this_server_is_refused_alike()
    {
        await App.DefineAsync(Toml("okapi"), Ct);
        var (companion, stranger, former) = (CofferClient.Make(), CofferClient.Make(), CofferClient.Make());
        await App.RegisterCompanionAsync(companion, Ct);
        await App.RegisterCompanionAsync(former, Ct);
        using var removed = await App.Administrator.DeleteAsync($"/v1/coffer/companions/{former.Id}", Ct);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        var server = await App.ServerKeyAsync(Ct);
        var toml = Encoding.UTF8.GetBytes($"[web]\nid=\"{_client.Id}\"");
        var genuine = companion.Box(toml, server);
        List<byte[]> boxes =
        [
            [],
            new byte[200],
            genuine[..^1],
            stranger.Box(toml, server),
            former.Box(toml, server),
            companion.Box(toml, stranger.PublicKey),
            await App.SealAsync(Toml("zebra"), Ct), // Sealed is for administrators.
            .. Enumerable.Range(0, genuine.Length).Select(at => Flipped(genuine, at)),
        ];
        var sealedBody = ClientSodium.SealBox(toml, server);
        List<byte[]> sealedBodies =
        [
            [],
            new byte[47],
            ClientSodium.SealBox(toml, stranger.PublicKey),
            genuine,
            .. Enumerable.Range(0, sealedBody.Length).Select(at => Flipped(sealedBody, at)),
        ];

        foreach (var box in boxes)
        {
            using var answer = await PutBoxAsync(box);
            await answer.RefusedAsync(HttpStatusCode.BadRequest, "seal-broken", Ct);
        }

        foreach (var body in sealedBodies)
        {
            using var answer = await PutSealedAsync(body);
            await answer.RefusedAsync(HttpStatusCode.BadRequest, "seal-broken", Ct);
        }

        Assert.Equal(1, await App.CofferVersionAsync(Ct));
        Assert.Equal("okapi", (await App.SecretsOfAsync(_client, Ct))["password"]);
    }

    [Fact]
    public async Task No_other_credential_may_upload_and_plain_TOML_needs_one()
    {
        var owner = await App.NewOwnerAsync(Ct);
        var (_, token) = await App.CreateLoginTokenAsync(owner, await App.CreateResourceAsync(owner, Ct), Ct);
        var companion = CofferClient.Make();
        await App.RegisterCompanionAsync(companion, Ct);
        var box = companion.Box(Encoding.UTF8.GetBytes(Toml("zebra")), await App.ServerKeyAsync(Ct));

        foreach (var client in (HttpClient[])[App.SessionOf(owner), App.Presenting(token)])
        {
            using var boxed = await client.PutDefinitionAsync(box, CofferCalls.Bytes, Ct);
            using var plain = await client.PutDefinitionAsync(Encoding.UTF8.GetBytes(Toml("zebra")), CofferCalls.Toml, Ct);
            await boxed.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
            await plain.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        }

        using var anonymous = await App.Anonymous.PutDefinitionAsync(Encoding.UTF8.GetBytes(Toml("zebra")), CofferCalls.Toml, Ct);
        await anonymous.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        using var json = await App.Administrator.PutDefinitionAsync("{}"u8.ToArray(), "application/json", Ct);
        await json.RefusedAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type", Ct);
        using var large = await App.Administrator.PutDefinitionAsync(new byte[(1 << 20) + 1], CofferCalls.Toml, Ct);
        await large.RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large", Ct);
        Assert.Equal(0, await App.CofferVersionAsync(Ct));
    }

    [Fact]
    public async Task Of_sixteen_at_once_with_one_box_one_is_accepted()
    {
        var body = await App.SealAsync(Toml("zebra"), Ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => PutSealedAsync(body)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var loser in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            await loser.RefusedAsync(HttpStatusCode.Conflict, "definition-replayed", Ct);
        }

        Assert.Equal(1, await App.CofferVersionAsync(Ct));
    }

    [Fact]
    public async Task A_definition_replaces_everything_single_secrets_too()
    {
        var gone = CofferClient.Make();
        await App.DefineAsync(Toml("zebra") + CofferCalls.ShardOf(gone, "password = \"gnu\"", "gone"), Ct);
        using var single = await App.PutSecretAsync(_client, "single", """{"type":"string","value":"quagga"}""", Ct);
        await single.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Equal(["password", "port", "single"], (await App.SecretsOfAsync(_client, Ct)).Keys);

        await App.DefineAsync(Toml("okapi"), Ct);

        var content = await App.SecretsOfAsync(_client, Ct);
        Assert.Equal(["password", "port"], content.Keys);
        Assert.Equal("okapi", content["password"]);
        using var answer = await App.AskAsync(gone, Ct);
        await answer.RefusedAsync(HttpStatusCode.NotFound, "shard-unknown", Ct);
        using var page = await App.Administrator.GetAsync("/v1/coffer/shards", Ct);
        Assert.Single((await page.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_repeat_with_the_same_Idempotency_Key_gets_the_first_answer()
    {
        var body = await App.SealAsync(Toml("zebra"), Ct);
        using var first = await App.Administrator.PutDefinitionAsync(body, CofferCalls.Bytes, Ct, ("Idempotency-Key", "one"));
        using var again = await App.Administrator.PutDefinitionAsync(body, CofferCalls.Bytes, Ct, ("Idempotency-Key", "one"));

        Assert.Equal(await first.Content.ReadAsStringAsync(Ct), await again.Content.ReadAsStringAsync(Ct));
        Assert.True(again.IsReplay());
        Assert.Equal(1, await App.CofferVersionAsync(Ct));
    }

    [Fact]
    public async Task Thousands_of_secrets_in_one_definition_arrive()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 3_017).Select(i => $"s{i} = {i}"));

        using var answer = await App.PutTomlAsync(CofferCalls.ShardOf(_client, lines), Ct);

        Assert.Equal(3_017, (await answer.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("secrets").GetInt32());
        var content = await App.SecretsOfAsync(_client, Ct);
        Assert.Equal(3_017, content.Secrets.Count);
        Assert.All(content.Secrets, secret => Assert.Equal(secret.Key, $"s{secret.Value}"));
    }

    private static byte[] Flipped(byte[] body, int at)
    {
        var changed = body.ToArray();
        changed[at] ^= 0x80;
        return changed;
    }

    private string Toml(string password) => CofferCalls.ShardOf(_client, $"password = \"{password}\"\nport = 5432");

    private Task<HttpResponseMessage> PutSealedAsync(byte[] body) => App.Administrator.PutDefinitionAsync(body, CofferCalls.Bytes, Ct);

    private Task<HttpResponseMessage> PutBoxAsync(byte[] body) => App.Anonymous.PutDefinitionAsync(body, CofferCalls.Bytes, Ct);

    public sealed class OnSqlite() : UploadingDefinitionsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : UploadingDefinitionsTests(DatabaseProvider.Postgres);
}
