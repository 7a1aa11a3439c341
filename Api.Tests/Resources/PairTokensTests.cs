using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Resources;

public abstract class PairTokensTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private const long Start = WindowCalls.Start;

    [Fact]
    public async Task Both_sides_have_the_same_token_and_nobody_else_has()
    {
        var one = await App.NewResourceAsync(Ct);
        var other = await App.NewResourceAsync(Ct, one.Owner);
        var third = await App.NewResourceAsync(Ct, one.Owner);

        var key = await one.KeyAsync(Start, Ct, peer: other.Guid);

        Assert.Equal(key, await other.KeyAsync(Start + 899, Ct, peer: one.Guid));
        string[] others =
        [
            key, await one.KeyAsync(Start, Ct), await other.KeyAsync(Start, Ct), await one.KeyAsync(Start, Ct, peer: third.Guid),
            await other.KeyAsync(Start, Ct, peer: third.Guid), await one.KeyAsync(Start + 900, Ct, peer: other.Guid),
        ];
        Assert.Equal(others.Length, others.ToHashSet(StringComparer.Ordinal).Count);
    }

    [Fact]
    public async Task The_answer_names_the_peer()
    {
        var one = await App.NewResourceAsync(Ct);
        var other = await App.NewResourceAsync(Ct, one.Owner);

        using var answer = await one.PostTokenAsync(Start, Ct, peer: other.Guid);

        var json = await answer.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Equal((one.Guid, other.Guid), (json.GetProperty("resourceGuid").GetString(), json.GetProperty("peer").GetString()));
    }

    [Theory]
    [InlineData("11112222333344445555666677778888", "1111222233334444555566667777888800112233445566778899aabbccddeeff")]
    [InlineData("ffff2222333344445555666677778888", "00112222333344445555666677778888")]
    [InlineData("00ff2222333344445555666677778888ff112222333344445555666677778888", "0100222233334444555566667777888800112222333344445555666677778888")]
    public async Task It_is_derived_as_the_formats_say_the_smaller_guid_first(string one, string peer)
    {
        var owner = await App.NewOwnerAsync(Ct);
        foreach (var name in (string[])[one, peer])
        {
            using var created = await App.SessionOf(owner).PostResourceAsync($$"""{"resourceGuid":"{{name}}","name":"n"}""", Ct);
            await created.IsAsync(HttpStatusCode.Created, Ct);
        }

        var resource = new TestResource(owner, one, await App.NewInstanceAsync(owner, one, Ct));
        var other = new TestResource(owner, peer, await App.NewInstanceAsync(owner, peer, Ct));
        var key = await resource.KeyAsync(Start, Ct, peer: peer);

        var (first, second) = string.CompareOrdinal(one, peer) < 0 ? (one, peer) : (peer, one);
        Assert.Equal(WindowCalls.Derive(await App.WindowKeyAsync(one, peer, Start, Ct), Start, $"repository pair token\0{first}\0{second}"), key);
        Assert.Equal(key, await other.KeyAsync(Start, Ct, peer: one));
    }

    [Theory]
    [InlineData("\"own\"", "\"own\"", true, true)]
    [InlineData("\"own\"", "\"own\"", false, false)]
    [InlineData("\"any\"", "\"own\"", false, false)]
    [InlineData("\"own\"", "\"any\"", false, false)]
    [InlineData("\"any\"", "\"any\"", false, true)]
    [InlineData("\"any\"", "\"any\"", true, true)]
    [InlineData("\"any\"", "[other]", false, true)]
    [InlineData("[other]", "\"any\"", false, true)]
    [InlineData("[other]", "[other]", false, true)]
    [InlineData("[other]", "\"own\"", true, true)]
    [InlineData("[other]", "\"own\"", false, false)]
    [InlineData("[other]", "[]", true, false)]
    [InlineData("[]", "[other]", true, false)]
    [InlineData("[stranger]", "\"any\"", false, false)]
    [InlineData("\"any\"", "[stranger,other]", false, true)]
    [Shows("peer-not-allowed")]
    public async Task Each_side_must_admit_the_other(string peersOfOne, string peersOfOther, bool isSameOwner, bool isAllowed)
    {
        var one = await App.NewResourceAsync(Ct);
        var other = await App.NewResourceAsync(Ct, isSameOwner ? one.Owner : null);
        await SetPeersAsync(one, peersOfOne, other);
        await SetPeersAsync(other, peersOfOther, one);

        foreach (var (asking, asked) in ((TestResource, TestResource)[])[(one, other), (other, one)])
        {
            using var answer = await asking.PostTokenAsync(Start, Ct, peer: asked.Guid);
            Assert.Equal(isAllowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
        }

        await one.KeyAsync(Start, Ct); // Its own is its own in any case.
        var stranger = await App.NewResourceAsync(Ct);
        await stranger.RefusedAsync(HttpStatusCode.Forbidden, "peer-not-allowed", Start, Ct, peer: (await App.NewResourceAsync(Ct)).Guid);
    }

    [Fact]
    public async Task A_consent_that_is_withdrawn_counts_from_the_next_fetch_on_also_for_what_is_pinned()
    {
        var one = await App.NewResourceAsync(Ct, allowedPeers: "\"any\"");
        var other = await App.NewResourceAsync(Ct, allowedPeers: "\"any\"");
        var key = await one.KeyAsync(Start, Ct, peer: other.Guid, pin: true);

        await SetPeersAsync(other, "[]", one);

        await one.RefusedAsync(HttpStatusCode.Forbidden, "peer-not-allowed", Start, Ct, peer: other.Guid);
        await other.RefusedAsync(HttpStatusCode.Forbidden, "peer-not-allowed", Start, Ct, peer: one.Guid, pin: true);
        await SetPeersAsync(other, "[other]", one);
        Assert.Equal(key, await one.KeyAsync(Start, Ct, peer: other.Guid));
    }

    [Fact]
    public async Task Consent_comes_before_the_window_and_the_timecode_before_consent()
    {
        var one = await App.NewResourceAsync(Ct);
        var other = await App.NewResourceAsync(Ct);

        await one.RefusedAsync(HttpStatusCode.BadRequest, "timecode-invalid", -1, Ct, peer: other.Guid);
        await one.RefusedAsync(HttpStatusCode.BadRequest, "timecode-invalid", -1, Ct, peer: ResourceCalls.NewGuid());
        await one.RefusedAsync(HttpStatusCode.Forbidden, "peer-not-allowed", 1_000_000_000, Ct, peer: other.Guid);
        await one.RefusedAsync(HttpStatusCode.NotFound, "resource-unknown", 1_000_000_000, Ct, peer: ResourceCalls.NewGuid());
        Assert.Equal(0, await App.CountKeysAsync(Ct));
    }

    [Fact]
    [Shows("resource-unknown")]
    public async Task A_peer_that_is_unknown_or_deleted_has_no_token()
    {
        var one = await App.NewResourceAsync(Ct);
        var other = await App.NewResourceAsync(Ct, one.Owner);
        await one.KeyAsync(Start, Ct, peer: other.Guid, pin: true);

        using var deleted = await App.SessionOf(one.Owner).DeleteResourceAsync(other.Guid, Ct);

        foreach (var peer in (string[])[other.Guid, ResourceCalls.NewGuid()])
        {
            await one.RefusedAsync(HttpStatusCode.NotFound, "resource-unknown", Start, Ct, peer: peer);
            await one.RefusedAsync(HttpStatusCode.NotFound, "resource-unknown", Start, Ct, peer: peer, pin: true);
        }
    }

    [Fact]
    public async Task A_resource_is_no_peer_of_itself()
    {
        var one = await App.NewResourceAsync(Ct);

        using var refused = await one.PostTokenAsync(Start, Ct, peer: one.Guid);
        using var retirement = await App.RetireAsync(one, Start, Ct, peer: one.Guid);

        await refused.InvalidAsync(Ct, "peer");
        await retirement.InvalidAsync(Ct, "peer");
    }

    [Fact]
    public async Task Either_owner_retires_a_pair_and_then_neither_gets_it()
    {
        var one = await App.NewResourceAsync(Ct, allowedPeers: "\"any\"");
        var other = await App.NewResourceAsync(Ct, allowedPeers: "\"any\"");
        await one.KeyAsync(Start, Ct, peer: other.Guid, pin: true);
        await other.KeyAsync(Start - 900, Ct, peer: one.Guid, pin: true);
        foreach (var (resource, peer) in ((TestResource, string)[])[(one, other.Guid), (other, one.Guid)])
        {
            Assert.Equal(
                [(Start, peer), (Start - 900, peer)],
                (await App.PinnedAsync(resource, Ct)).Select(item => (item.GetProperty("windowStart").GetInt64(), item.GetProperty("peer").GetString())).OrderDescending());
        }

        using var byOther = await App.RetireAsync(other, Start, Ct, peer: one.Guid);
        using var byOne = await App.RetireAsync(other, Start - 900, Ct, peer: one.Guid);

        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.NoContent], new[] { byOther, byOne }.Select(answer => answer.StatusCode));
        foreach (var start in (long[])[Start, Start - 900])
        {
            await one.RefusedAsync(HttpStatusCode.Gone, "timecode-retired", start, Ct, peer: other.Guid);
            await other.RefusedAsync(HttpStatusCode.Gone, "timecode-retired", start, Ct, peer: one.Guid, pin: true);
        }

        await one.KeyAsync(Start, Ct); // Its own window of the same time is another.
        Assert.Empty(await App.PinnedAsync(one, Ct));
    }

    [Fact]
    public async Task Of_first_uses_by_both_sides_at_once_all_get_one_key()
    {
        var one = await App.NewResourceAsync(Ct);
        var other = await App.NewResourceAsync(Ct, one.Owner);

        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => i % 2 == 0
            ? one.KeyAsync(Start, Ct, peer: other.Guid, pin: i % 4 == 0)
            : other.KeyAsync(Start, Ct, peer: one.Guid, pin: i % 3 == 0)));

        Assert.Single(keys.ToHashSet(StringComparer.Ordinal));
        Assert.Equal(1, await App.CountKeysAsync(Ct));
        Assert.Single(await App.PinnedAsync(one, Ct));
    }

    [Fact]
    public async Task A_deleted_resources_keys_are_destroyed_and_its_peers_pins_are_given_back()
    {
        var one = await App.NewResourceAsync(Ct);
        var other = await App.NewResourceAsync(Ct, one.Owner);
        await one.KeyAsync(Start, Ct);
        await one.KeyAsync(Start, Ct, pin: true);
        await one.KeyAsync(Start - 900, Ct);
        await one.KeyAsync(Start, Ct, peer: other.Guid, pin: true);
        await other.KeyAsync(Start - 900, Ct, peer: one.Guid, pin: true);
        await other.KeyAsync(Start - 1800, Ct, peer: one.Guid); // Passes with its retention.
        var key = await other.KeyAsync(Start, Ct, pin: true);

        using var deleted = await App.SessionOf(one.Owner).DeleteResourceAsync(one.Guid, Ct);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(2, await App.CountKeysAsync(Ct));
        Assert.Equal(key, await other.KeyAsync(Start, Ct));
        Assert.Single(await App.PinnedAsync(other, Ct));
        await other.KeyAsync(0, Ct, pin: true);
        await other.RefusedAsync(HttpStatusCode.Conflict, "too-many-pinned-windows", 900, Ct, pin: true);
    }

    protected override (string Name, string Value)[] Settings => [("Tokens:MaxPinnedWindows", "2")];

    private async Task SetPeersAsync(TestResource resource, string peers, TestResource other)
    {
        var list = peers
            .Replace("other", $"\"{other.Guid}\"", StringComparison.Ordinal)
            .Replace("stranger", $"\"{ResourceCalls.NewGuid()}\"", StringComparison.Ordinal);
        using var changed = await App.SessionOf(resource.Owner).PatchResourceAsync(resource.Guid, $$"""{"allowedPeers":{{list}}}""", Ct);
        await changed.IsAsync(HttpStatusCode.OK, Ct);
    }

    public sealed class OnSqlite() : PairTokensTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : PairTokensTests(DatabaseProvider.Postgres);
}
