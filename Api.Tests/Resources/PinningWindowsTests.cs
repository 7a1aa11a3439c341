using System.Net;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Resources;

/// <summary>What is pinned is kept until an owner retires it, and what is retired is gone for ever.</summary>
public abstract class PinningWindowsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private const long Start = WindowCalls.Start;

    [Fact]
    public async Task A_pinned_window_outlives_its_retention_with_the_same_key()
    {
        var resource = await App.NewResourceAsync(Ct);
        var key = await resource.KeyAsync(Start, Ct);

        Assert.Equal(key, await resource.KeyAsync(Start + 1, Ct, pin: true)); // What was there already is pinned as it is.
        App.Clock.Advance(TimeSpan.FromDays(4_000));
        await App.SweepAsync(Ct);

        using var answer = await resource.PostTokenAsync(Start + 2, Ct);
        var json = await answer.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Equal(key, json.GetProperty("key").GetString());
        Assert.True(json.GetProperty("pinned").GetBoolean());
        var entries = (await App.AuditEntriesAsync(Ct)).Where(entry => AuditCalls.Text(entry, "action").StartsWith("timecode-", StringComparison.Ordinal));
        var entry = Assert.Single(entries);
        Assert.Equal(
            ($"resource:{resource.Guid}", "timecode-pinned", resource.Guid, $$"""{"windowStart":{{Start}}}"""),
            (AuditCalls.Text(entry, "actor"), AuditCalls.Text(entry, "action"), AuditCalls.Text(entry, "subject"), entry.GetProperty("details").GetRawText()));
    }

    [Fact]
    public async Task The_owner_lists_what_is_pinned_in_the_order_of_pinning()
    {
        var resource = await App.NewResourceAsync(Ct);
        var peer = await App.NewResourceAsync(Ct, resource.Owner);
        var third = await App.NewResourceAsync(Ct, resource.Owner);
        await resource.KeyAsync(Start, Ct, pin: true);
        await resource.KeyAsync(Start, Ct); // Not a second time.
        App.Clock.Advance(TimeSpan.FromSeconds(1));
        await resource.KeyAsync(Start - 900, Ct, pin: true);
        await resource.KeyAsync(Start - 1800, Ct); // Not pinned.
        App.Clock.Advance(TimeSpan.FromSeconds(1));
        await peer.KeyAsync(Start, Ct, peer: resource.Guid, pin: true);
        await resource.KeyAsync(Start, Ct, peer: third.Guid, pin: true);
        await resource.KeyAsync(0, Ct, pin: true);
        await peer.KeyAsync(Start, Ct, pin: true);

        var listed = await App.PinnedAsync(resource, Ct);

        Assert.Equal(
            $$"""{"windowStart":{{Start}},"windowEnd":{{Start + 900}},"peer":null,"pinnedDate":"2026-11-21T19:19:00.0000000Z"}""",
            listed[0].GetRawText());
        var items = listed.Select(item => (item.GetProperty("windowStart").GetInt64(), item.GetProperty("peer").GetString())).ToList();
        Assert.Equal([(Start, null), (Start - 900, null), (0, null)], items[..3]);
        Assert.Equal(
            new HashSet<(long, string?)> { (Start, peer.Guid), (Start, third.Guid) },
            items[3..].ToHashSet()); // Pinned in one moment.
        Assert.Equal(5, items.Count);
    }

    [Fact]
    [Shows("too-many-pinned-windows")]
    public async Task No_more_are_pinned_than_may_be_and_what_is_pinned_counts_once()
    {
        var resource = await App.NewResourceAsync(Ct);
        for (var i = 0; i < 4; i++)
        {
            await resource.KeyAsync(Start - (900 * i), Ct, pin: true);
            await resource.KeyAsync(Start - (900 * i), Ct, pin: true);
        }

        var fresh = await resource.KeyAsync(Start + 900, Ct);
        await resource.RefusedAsync(HttpStatusCode.Conflict, "too-many-pinned-windows", Start + 900, Ct, pin: true);
        await resource.RefusedAsync(HttpStatusCode.Conflict, "too-many-pinned-windows", 0, Ct, pin: true);
        await resource.KeyAsync(Start, Ct, pin: true); // A no-op.
        Assert.Equal(fresh, await resource.KeyAsync(Start + 900, Ct));
        Assert.Equal(4, (await App.PinnedAsync(resource, Ct)).Count);
        Assert.Equal(5, await App.CountKeysAsync(Ct)); // A refused pin makes no key.

        using var retired = await App.RetireAsync(resource, Start, Ct);
        Assert.Equal(HttpStatusCode.NoContent, retired.StatusCode);
        await resource.KeyAsync(Start + 900, Ct, pin: true);
        await resource.RefusedAsync(HttpStatusCode.Conflict, "too-many-pinned-windows", 0, Ct, pin: true);
    }

    [Fact]
    public async Task Of_sixteen_pins_at_once_exactly_as_many_are_made_as_may_be()
    {
        var resource = await App.NewResourceAsync(Ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => resource.PostTokenAsync(900L * i, Ct, pin: true)));

        Assert.Equal(4, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(12, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(4, (await App.PinnedAsync(resource, Ct)).Count);
        Assert.Equal(4, await App.CountKeysAsync(Ct));
    }

    [Fact]
    public async Task Of_sixteen_pins_of_one_window_at_once_one_counts_and_all_get_the_key()
    {
        var resource = await App.NewResourceAsync(Ct);

        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => resource.KeyAsync(Start, Ct, pin: i % 2 == 0)));

        Assert.Single(keys.ToHashSet(StringComparer.Ordinal));
        for (var i = 1; i <= 3; i++)
        {
            await resource.KeyAsync(Start - (900 * i), Ct, pin: true);
        }

        await resource.RefusedAsync(HttpStatusCode.Conflict, "too-many-pinned-windows", Start + 900, Ct, pin: true);
    }

    [Fact]
    public async Task A_pinned_pair_counts_for_the_one_that_pinned_it()
    {
        var one = await App.NewResourceAsync(Ct);
        var other = await App.NewResourceAsync(Ct, one.Owner);
        for (var i = 0; i < 4; i++)
        {
            await one.KeyAsync(Start - (900 * i), Ct, peer: other.Guid, pin: true);
        }

        await one.RefusedAsync(HttpStatusCode.Conflict, "too-many-pinned-windows", Start, Ct, pin: true);
        await other.KeyAsync(Start, Ct, peer: one.Guid, pin: true); // Pinned already, by the other.
        for (var i = 0; i < 4; i++)
        {
            await other.KeyAsync(Start - (900 * i), Ct, pin: true);
        }

        using var retired = await App.RetireAsync(other, Start, Ct, peer: one.Guid); // The pin goes back to the one that pinned it.
        Assert.Equal(HttpStatusCode.NoContent, retired.StatusCode);
        await other.RefusedAsync(HttpStatusCode.Conflict, "too-many-pinned-windows", Start + 900, Ct, pin: true);
        await one.KeyAsync(Start, Ct, pin: true);
    }

    [Fact]
    [Shows("timecode-retired")]
    public async Task A_retired_window_is_gone_for_ever()
    {
        var resource = await App.NewResourceAsync(Ct);
        await resource.KeyAsync(Start, Ct, pin: true);

        using var retired = await App.RetireAsync(resource, Start, Ct);

        Assert.Equal(HttpStatusCode.NoContent, retired.StatusCode);
        Assert.Equal(0, await App.CountKeysAsync(Ct));
        Assert.Empty(await App.PinnedAsync(resource, Ct));
        foreach (var days in (int[])[0, 2, 4_000])
        {
            App.Clock.Advance(TimeSpan.FromDays(days));
            await App.SweepAsync(Ct);
            await resource.RefusedAsync(HttpStatusCode.Gone, "timecode-retired", Start + 899, Ct);
            await resource.RefusedAsync(HttpStatusCode.Gone, "timecode-retired", Start, Ct, pin: true);
        }

        Assert.Equal($"{resource.Owner} timecode-retired {resource.Guid}", (await App.AuditedResourcesAsync(Ct))[^1]);
    }

    [Fact]
    [Shows("timecode-unknown")]
    public async Task Only_what_is_pinned_can_be_retired()
    {
        var resource = await App.NewResourceAsync(Ct);
        var peer = await App.NewResourceAsync(Ct, resource.Owner);
        await resource.KeyAsync(Start, Ct);
        await resource.KeyAsync(Start - 900, Ct, pin: true);
        foreach (var (start, other) in ((long, string?)[])
            [(Start, null), (Start + 900, null), (Start + 1, null), (long.MaxValue, null), (Start - 900, peer.Guid), (Start - 900, ResourceCalls.NewGuid())])
        {
            using var refused = await App.RetireAsync(resource, start, Ct, peer: other);
            await refused.RefusedAsync(HttpStatusCode.NotFound, "timecode-unknown", Ct);
        }

        using var first = await App.RetireAsync(resource, Start - 900, Ct, null, ("Idempotency-Key", "k"));
        using var replay = await App.RetireAsync(resource, Start - 900, Ct, null, ("Idempotency-Key", "k"));
        using var again = await App.RetireAsync(resource, Start - 900, Ct);

        await replay.AssertReplaysAsync(first, Ct);
        await again.RefusedAsync(HttpStatusCode.NotFound, "timecode-unknown", Ct);
    }

    [Fact]
    public async Task Of_sixteen_retirements_at_once_one_gives_the_pin_back()
    {
        var resource = await App.NewResourceAsync(Ct);
        await resource.KeyAsync(Start, Ct, pin: true);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => App.RetireAsync(resource, Start, Ct)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
        for (var i = 1; i <= 4; i++)
        {
            await resource.KeyAsync(Start - (900 * i), Ct, pin: true);
        }

        await resource.RefusedAsync(HttpStatusCode.Conflict, "too-many-pinned-windows", Start + 900, Ct, pin: true);
    }

    [Fact]
    public async Task A_stranger_retires_and_lists_nothing()
    {
        var resource = await App.NewResourceAsync(Ct);
        await resource.KeyAsync(Start, Ct, pin: true);
        var stranger = App.SessionOf(await App.NewOwnerAsync(Ct));

        using var retired = await App.RetireAsync(resource with { Owner = await App.NewOwnerAsync(Ct) }, Start, Ct);
        using var listed = await stranger.GetAsync($"/v1/resources/{resource.Guid}/timecodes", Ct);
        using var byInstance = await resource.Instance.GetAsync($"/v1/resources/{resource.Guid}/timecodes", Ct);

        await retired.RefusedAsync(HttpStatusCode.NotFound, "resource-unknown", Ct);
        await listed.RefusedAsync(HttpStatusCode.NotFound, "resource-unknown", Ct);
        await byInstance.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        await resource.KeyAsync(Start, Ct);
    }

    [Theory]
    [InlineData("timecodes?after=x", "GET", "after")]
    [InlineData("timecodes?after=AAAAAAAAAAE", "GET", "after")]
    [InlineData("timecodes?limit=0", "GET", "limit")]
    [InlineData("timecodes/x", "DELETE", "windowStart")]
    [InlineData("timecodes/-900", "DELETE", "windowStart")]
    [InlineData("timecodes/0900", "DELETE", "windowStart")]
    [InlineData("timecodes/900.0", "DELETE", "windowStart")]
    [InlineData("timecodes/9223372036854775808", "DELETE", "windowStart")]
    [InlineData("timecodes/900?peer=x", "DELETE", "peer")]
    public async Task A_bad_parameter_is_refused_by_name(string path, string method, string name)
    {
        using var refused = await RepositoryApp.SendAsync(
            App.Administrator,
            new HttpMethod(method),
            $"/v1/resources/{ResourceCalls.NewGuid()}/{path}",
            null,
            Ct);

        await refused.InvalidAsync(Ct, name);
    }

    protected override (string Name, string Value)[] Settings => [("Tokens:MaxPinnedWindows", "4")];

    public sealed class OnSqlite() : PinningWindowsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : PinningWindowsTests(DatabaseProvider.Postgres);
}
