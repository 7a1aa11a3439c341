using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Storage;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Resources;

public abstract class MachineTokensTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private const long Start = WindowCalls.Start;

    [Fact]
    public async Task A_token_comes_with_exactly_the_members_of_the_contract()
    {
        var resource = await App.NewResourceAsync(Ct);

        using var answer = await resource.PostTokenAsync(Start + 1, Ct);

        var json = await answer.IsAsync(HttpStatusCode.OK, Ct);
        var key = json.GetProperty("key").GetString()!;
        Assert.Equal(32, Convert.FromBase64String(key).Length);
        Assert.Equal(
            $$"""{"resourceGuid":"{{resource.Guid}}","peer":null,"timecode":{{Start + 1}},"windowStart":{{Start}},"windowEnd":{{Start + 900}},"pinned":false,"key":"{{key}}"}""",
            json.GetRawText());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"timecode":null,"peer":null,"pin":null,"sealTo":null}""")]
    [InlineData("""{"pin":false}""")]
    public async Task Without_a_timecode_it_is_of_now(string? body)
    {
        var resource = await App.NewResourceAsync(Ct);

        using var answer = await resource.PostTokenAsync(body, Ct);

        var json = await answer.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Equal(WindowCalls.Now, json.GetProperty("timecode").GetInt64());
        Assert.Equal(Start, json.GetProperty("windowStart").GetInt64());
        Assert.Equal(await resource.KeyAsync(WindowCalls.Now, Ct), json.GetProperty("key").GetString());
    }

    [Fact]
    public async Task From_the_first_second_of_a_window_to_its_last_the_token_is_one()
    {
        var resource = await App.NewResourceAsync(Ct);
        var other = resource with { Instance = await App.NewInstanceAsync(resource.Owner, resource.Guid, Ct) };

        var key = await resource.KeyAsync(Start, Ct);

        foreach (var second in (long[])[0, 1, 450, 898, 899])
        {
            Assert.Equal(key, await resource.KeyAsync(Start + second, Ct));
            Assert.Equal(key, await other.KeyAsync(Start + second, Ct));
        }

        var before = await resource.KeyAsync(Start - 1, Ct);
        var after = await resource.KeyAsync(Start + 900, Ct);
        Assert.Equal(3, new HashSet<string>([key, before, after], StringComparer.Ordinal).Count);
        Assert.Equal(before, await other.KeyAsync(Start - 900, Ct));
        Assert.Equal(after, await other.KeyAsync(Start + 1799, Ct));
        Assert.Equal(3, await App.CountKeysAsync(Ct));
    }

    [Fact]
    public async Task Two_resources_have_two_tokens()
    {
        var one = await App.NewResourceAsync(Ct);
        var other = await App.NewResourceAsync(Ct, one.Owner);

        Assert.NotEqual(await one.KeyAsync(Start, Ct), await other.KeyAsync(Start, Ct));
    }

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public async Task It_is_derived_as_the_formats_say(int digits)
    {
        var owner = await App.NewOwnerAsync(Ct);
        var guid = ResourceCalls.NewGuid()[..digits];
        using var created = await App.SessionOf(owner).PostResourceAsync($$"""{"resourceGuid":"{{guid}}","name":"n"}""", Ct);
        var resource = new TestResource(owner, guid, await App.NewInstanceAsync(owner, guid, Ct));

        var key = await resource.KeyAsync(Start + 7, Ct);

        var windowKey = await App.WindowKeyAsync(guid, guid, Start, Ct);
        Assert.Equal(WindowCalls.Derive(windowKey, Start, $"repository machine token\0{guid}"), key);
    }

    [Fact]
    public async Task It_is_the_same_after_a_restart()
    {
        var resource = await App.NewResourceAsync(Ct);
        var credential = resource.Instance.DefaultRequestHeaders.Authorization!.Parameter!;
        var key = await resource.KeyAsync(Start, Ct);

        await App.RestartAsync(Ct);

        Assert.Equal(key, await (resource with { Instance = App.Bearing(credential) }).KeyAsync(Start, Ct));
    }

    [Fact]
    public async Task Of_sixteen_first_uses_at_once_all_get_one_key()
    {
        var resource = await App.NewResourceAsync(Ct);

        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => resource.KeyAsync(Start + i, Ct)));

        Assert.Single(keys.ToHashSet(StringComparer.Ordinal));
        Assert.Equal(1, await App.CountKeysAsync(Ct));
    }

    [Fact]
    public async Task A_window_that_has_its_key_is_read_while_the_writer_is_busy()
    {
        var resource = await App.NewResourceAsync(Ct);
        var key = await resource.KeyAsync(Start, Ct);
        await using var blocked = await BlockedWriter.BlockAsync(App, Ct);

        Assert.Equal(key, await resource.KeyAsync(Start + 899, Ct));
    }

    [Fact]
    public async Task An_idempotency_key_makes_no_difference_and_stores_nothing()
    {
        var resource = await App.NewResourceAsync(Ct);

        using var one = await resource.PostTokenAsync($$"""{"timecode":{{Start}}}""", Ct, ("Idempotency-Key", "k"));
        using var other = await resource.PostTokenAsync($$"""{"timecode":{{Start + 900}}}""", Ct, ("Idempotency-Key", "k"));
        using var malformed = await resource.PostTokenAsync("{}", Ct, ("Idempotency-Key", "k k"));

        Assert.All([one, other, malformed], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(0L, await App.ScalarSqlAsync("SELECT COUNT(*) FROM idempotency", Ct));
    }

    [Fact]
    public async Task Only_the_resources_own_login_token_gets_it()
    {
        var resource = await App.NewResourceAsync(Ct);
        var other = await App.NewResourceAsync(Ct, resource.Owner);
        foreach (var client in (HttpClient[])[other.Instance, App.SessionOf(resource.Owner), App.Administrator])
        {
            foreach (var call in (string[])["machine-token", "jwt"])
            {
                using var refused = await RepositoryApp.SendAsync(client, HttpMethod.Post, $"/v1/resources/{resource.Guid}/{call}", "{}", Ct);
                await refused.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
                using var unknown = await RepositoryApp.SendAsync(client, HttpMethod.Post, $"/v1/resources/{ResourceCalls.NewGuid()}/{call}", "{}", Ct);
                await unknown.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
            }
        }

        using var anonymous = await RepositoryApp.SendAsync(App.Anonymous, HttpMethod.Post, resource.TokenPath, "{}", Ct);
        await anonymous.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        Assert.Equal(0, await App.CountKeysAsync(Ct));
    }

    [Fact]
    public async Task A_revoked_login_token_gets_nothing_while_another_goes_on()
    {
        var resource = await App.NewResourceAsync(Ct);
        var (source, token) = await App.CreateLoginTokenAsync(resource.Owner, resource.Guid, Ct);
        var revoked = resource with { Instance = App.Bearing(token) };
        var key = await revoked.KeyAsync(Start, Ct);

        using var revocation = await App.SessionOf(resource.Owner).DeleteLoginTokenAsync(resource.Guid, source, Ct);

        await revoked.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Start, Ct);
        Assert.Equal(key, await resource.KeyAsync(Start, Ct));
    }

    [Fact]
    public async Task A_first_use_is_not_audited()
    {
        var resource = await App.NewResourceAsync(Ct);

        await resource.KeyAsync(Start, Ct);

        Assert.DoesNotContain(await App.AuditedResourcesAsync(Ct), entry => entry.Contains("timecode", StringComparison.Ordinal));
    }

    protected override (string Name, string Value)[] Settings => [("Database:WriteConcurrency", "1")];

    public sealed class OnSqlite() : MachineTokensTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : MachineTokensTests(DatabaseProvider.Postgres);
}
