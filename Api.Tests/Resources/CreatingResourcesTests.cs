using System.Net;
using System.Text.Json.Nodes;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Resources;

public abstract class CreatingResourcesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private readonly string _guid = ResourceCalls.NewGuid();

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public async Task A_resource_is_created_at_its_address_with_exactly_the_members_of_the_contract(int digits)
    {
        var owner = await App.NewOwnerAsync(Ct);
        var guid = _guid[..digits];

        using var created = await App.SessionOf(owner).PostResourceAsync($$"""{"resourceGuid":"{{guid}}","name":"Press"}""", Ct);

        var json = $$"""{"resourceGuid":"{{guid}}","ownerGuid":"{{owner}}","name":"Press","allowedPeers":"own","createdDate":"2026-11-21T19:19:00.0000000Z"}""";
        Assert.Equal(json, (await created.IsAsync(HttpStatusCode.Created, Ct)).GetRawText());
        Assert.Equal($"/v1/resources/{guid}", created.HeaderOf("Location"));
        using var read = await App.SessionOf(owner).GetResourceAsync(guid, Ct);
        Assert.Equal(json, (await read.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
        Assert.Equal([$"{owner} resource-created {guid}"], await App.AuditedResourcesAsync(Ct));
    }

    [Fact]
    public async Task Without_a_guid_the_server_draws_one_of_64_digits_each_time()
    {
        var session = App.SessionOf(await App.NewOwnerAsync(Ct));
        var guids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var json in (string[])["""{"name":"n"}""", """{"name":"n","resourceGuid":null,"ownerGuid":null,"allowedPeers":null}"""])
        {
            using var created = await session.PostResourceAsync(json, Ct);
            var guid = (await created.IsAsync(HttpStatusCode.Created, Ct)).GetProperty("resourceGuid").GetString()!;
            Assert.Matches("^[0-9a-f]{64}$", guid);
            Assert.Equal($"/v1/resources/{guid}", created.HeaderOf("Location"));
            Assert.True(guids.Add(guid));
        }
    }

    [Fact]
    public async Task An_administrator_creates_it_for_the_owner_that_it_names()
    {
        var owner = await App.NewOwnerAsync(Ct);

        using var created = await App.Administrator.PostResourceAsync(
            $$"""{"resourceGuid":"{{_guid}}","name":"Press","ownerGuid":"{{owner}}"}""",
            Ct);
        using var nameless = await App.Administrator.PostResourceAsync("""{"name":"Press"}""", Ct);

        Assert.Equal(owner, (await created.IsAsync(HttpStatusCode.Created, Ct)).GetProperty("ownerGuid").GetString());
        await nameless.InvalidAsync(Ct, "ownerGuid");
        Assert.Equal([$"administrator resource-created {_guid}"], await App.AuditedResourcesAsync(Ct));
        using var read = await App.SessionOf(owner).GetResourceAsync(_guid, Ct);
        await read.IsAsync(HttpStatusCode.OK, Ct);
    }

    [Fact]
    [Shows("forbidden")]
    public async Task A_session_creates_its_own_and_nobody_elses()
    {
        var (owner, other) = (await App.NewOwnerAsync(Ct), await App.NewOwnerAsync(Ct));

        using var own = await App.SessionOf(owner).PostResourceAsync($$"""{"name":"n","ownerGuid":"{{owner}}"}""", Ct);
        using var others = await App.SessionOf(owner).PostResourceAsync($$"""{"name":"n","ownerGuid":"{{other}}"}""", Ct);
        using var anonymous = await App.Anonymous.PostResourceAsync($$"""{"name":"n","ownerGuid":"{{other}}"}""", Ct);

        await own.IsAsync(HttpStatusCode.Created, Ct);
        await others.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        await anonymous.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
    }

    [Fact]
    [Shows("user-unknown")]
    public async Task An_owner_that_is_not_registered_is_unknown_also_where_the_guid_is_taken()
    {
        var taken = await App.CreateResourceAsync(await App.NewOwnerAsync(Ct), Ct);
        var nobody = ResourceCalls.NewGuid();
        foreach (var guid in (string[])[_guid, taken])
        {
            using var byAdministrator = await App.Administrator.PostResourceAsync(
                $$"""{"resourceGuid":"{{guid}}","name":"n","ownerGuid":"{{nobody}}"}""",
                Ct);
            await byAdministrator.RefusedAsync(HttpStatusCode.NotFound, "user-unknown", Ct);
        }
    }

    [Fact]
    [Shows("resource-exists")]
    public async Task A_guid_is_given_once_to_anyone_also_after_its_resource_was_deleted()
    {
        var (owner, other) = (await App.NewOwnerAsync(Ct), await App.NewOwnerAsync(Ct));
        var guid = await App.CreateResourceAsync(owner, Ct);
        foreach (var delete in (bool[])[false, true])
        {
            if (delete)
            {
                using var deleted = await App.SessionOf(owner).DeleteResourceAsync(guid, Ct);
                Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
            }

            foreach (var user in (string[])[owner, other])
            {
                using var again = await App.SessionOf(user).PostResourceAsync($$"""{"resourceGuid":"{{guid}}","name":"n"}""", Ct);
                await again.RefusedAsync(HttpStatusCode.Conflict, "resource-exists", Ct);
            }
        }
    }

    [Fact]
    public async Task Of_sixteen_creations_of_one_guid_at_once_exactly_one_is_done()
    {
        var owners = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => App.NewOwnerAsync(Ct)));

        var answers = await Task.WhenAll(owners.Select(owner =>
            App.SessionOf(owner).PostResourceAsync($$"""{"resourceGuid":"{{_guid}}","name":"n"}""", Ct)));

        var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        using var read = await App.Administrator.GetResourceAsync(_guid, Ct);
        Assert.Equal(
            owners[Array.IndexOf(answers, winner)],
            (await read.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("ownerGuid").GetString());
        Assert.Single(await App.AuditedResourcesAsync(Ct));
    }

    [Fact]
    public async Task A_repeated_creation_without_a_guid_is_the_same_resource()
    {
        var session = App.SessionOf(await App.NewOwnerAsync(Ct));
        using var first = await session.PostResourceAsync("""{"name":"n"}""", Ct, ("Idempotency-Key", "k"));

        using var again = await session.PostResourceAsync("""{"name":"n"}""", Ct, ("Idempotency-Key", "k"));

        await again.AssertReplaysAsync(first, Ct);
        Assert.Single(await session.PagedAsync(ResourceCalls.Path, Ct));
    }

    [Theory]
    [InlineData("\"own\"")]
    [InlineData("\"any\"")]
    [InlineData("[]")]
    [InlineData("[\"00112233445566778899aabbccddeeff\",\"0011223344556677889900112233445566778899001122334455667788990011\",\"00112233445566778899aabbccddeeff\"]")]
    public async Task Allowed_peers_are_given_back_as_they_were_given(string peers)
    {
        var owner = await App.NewOwnerAsync(Ct);

        var guid = await App.CreateResourceAsync(owner, Ct, peers);

        using var read = await App.SessionOf(owner).GetResourceAsync(guid, Ct);
        Assert.Equal(peers, (await read.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("allowedPeers").GetRawText());
    }

    [Fact]
    public async Task A_list_of_peers_holds_at_most_a_thousand()
    {
        var session = App.SessionOf(await App.NewOwnerAsync(Ct));
        foreach (var (count, status) in ((int, HttpStatusCode)[])[(1_000, HttpStatusCode.Created), (1_001, HttpStatusCode.BadRequest)])
        {
            var peers = new JsonArray([.. Enumerable.Range(0, count).Select(_ => (JsonNode)ResourceCalls.NewGuid())]);
            using var answer = await session.PostResourceAsync(new JsonObject { ["name"] = "n", ["allowedPeers"] = peers }.ToJsonString(), Ct);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":"\u0000"}""", "name")]
    [InlineData("{}", "name")]
    [InlineData("""{"name":"n","resourceGuid":"00112233445566778899AABBCCDDEEFF"}""", "resourceGuid")]
    [InlineData("""{"name":"n","resourceGuid":""}""", "resourceGuid")]
    [InlineData("""{"name":"n","ownerGuid":"x"}""", "ownerGuid")]
    [InlineData("""{"name":"n","allowedPeers":"all"}""", "allowedPeers")]
    [InlineData("""{"name":"n","allowedPeers":"\ud800"}""", "allowedPeers")]
    [InlineData("""{"name":"n","allowedPeers":1}""", "allowedPeers")]
    [InlineData("""{"name":"n","allowedPeers":{}}""", "allowedPeers")]
    [InlineData("""{"name":"n","allowedPeers":["x"]}""", "allowedPeers")]
    [InlineData("""{"name":"n","allowedPeers":["\ud800"]}""", "allowedPeers")]
    [InlineData("""{"name":"n","allowedPeers":[null]}""", "allowedPeers")]
    [InlineData("""{"name":"n","owner":"x"}""", "owner")]
    public async Task What_cannot_be_read_is_refused_by_member(string json, string member)
    {
        using var refused = await App.SessionOf(await App.NewOwnerAsync(Ct)).PostResourceAsync(json, Ct);

        await refused.InvalidAsync(Ct, member);
    }

    [Fact]
    public async Task Names_have_at_most_128_characters_whatever_they_take()
    {
        var session = App.SessionOf(await App.NewOwnerAsync(Ct));
        var clock = char.ConvertFromUtf32(0x1F570);
        foreach (var (count, status) in ((int, HttpStatusCode)[])[(128, HttpStatusCode.Created), (129, HttpStatusCode.BadRequest)])
        {
            using var answer = await session.PostResourceAsync(
                new JsonObject { ["name"] = string.Concat(Enumerable.Repeat(clock, count)) }.ToJsonString(),
                Ct);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Fact]
    public async Task What_is_audited_names_the_owner_and_keeps_the_chain()
    {
        var owner = await App.NewOwnerAsync(Ct);
        await App.CreateResourceAsync(owner, Ct);

        var entries = await App.AuditEntriesAsync(Ct);

        Assert.Equal($$"""{"owner":"{{owner}}"}""", entries[^1].GetProperty("details").GetRawText());
        AuditCalls.AssertChain(entries);
    }

    public sealed class OnSqlite() : CreatingResourcesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : CreatingResourcesTests(DatabaseProvider.Postgres);
}
