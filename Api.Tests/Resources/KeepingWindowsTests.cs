using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Resources;

/// <summary>A window's key is kept for the retention after its end, and then nobody gets it any more.</summary>
public abstract class KeepingWindowsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private const long Start = WindowCalls.Start;

    /// <summary>The first moment at which the retention of the window of a test's beginning is over.</summary>
    private static readonly TimeSpan Over = TimeSpan.FromSeconds(Start + 900 - WindowCalls.Now) + TimeSpan.FromHours(24);

    [Fact]
    [Shows("timecode-expired")]
    public async Task It_is_kept_to_the_last_moment_of_its_retention_and_not_a_moment_longer()
    {
        var resource = await App.NewResourceAsync(Ct);
        var key = await resource.KeyAsync(Start, Ct);
        App.Clock.Advance(Over - TimeSpan.FromTicks(1));
        await App.SweepAsync(Ct);
        Assert.Equal(key, await resource.KeyAsync(Start + 899, Ct));
        Assert.Equal(1, await App.CountKeysAsync(Ct));
        await using (var blocked = await BlockedWriter.BlockAsync(App, Ct))
        {
            App.Clock.Advance(TimeSpan.FromTicks(1));

            // Nothing can have destroyed it, and still nobody is given it.
            Assert.Equal(1, await App.CountKeysAsync(Ct));
            await resource.RefusedAsync(HttpStatusCode.Gone, "timecode-expired", Start, Ct);
            await resource.RefusedAsync(HttpStatusCode.Gone, "timecode-expired", Start + 899, Ct, pin: true);
        }

        await App.SweepAsync(Ct);
        Assert.Equal(0, await App.CountKeysAsync(Ct));
        await resource.RefusedAsync(HttpStatusCode.Gone, "timecode-expired", Start, Ct);
        await resource.RefusedAsync(HttpStatusCode.Gone, "timecode-expired", Start, Ct, pin: true);
        await resource.KeyAsync(Start + 900, Ct);
    }

    [Fact]
    public async Task One_that_was_never_used_is_gone_just_the_same()
    {
        var resource = await App.NewResourceAsync(Ct);

        App.Clock.Advance(Over);

        await resource.RefusedAsync(HttpStatusCode.Gone, "timecode-expired", Start, Ct);
        await resource.RefusedAsync(HttpStatusCode.Gone, "timecode-expired", Start, Ct, pin: true);
        Assert.Equal(0, await App.CountKeysAsync(Ct));
    }

    [Fact]
    [Shows("timecode-not-pinned")]
    public async Task Windows_of_before_the_resource_are_of_three_kinds()
    {
        var resource = await App.NewResourceAsync(Ct); // At 19:19:00: the retention of the window that ended at 19:15 the day before is over.
        const long over = Start - (24 * 3600) - 900;

        // Ended within the retention: a window like any other, though it ended before there was the resource.
        await resource.KeyAsync(over + 900, Ct);

        // Ended before that: it never had a key.
        await resource.RefusedAsync(HttpStatusCode.Conflict, "timecode-not-pinned", over + 899, Ct);
        await resource.RefusedAsync(HttpStatusCode.Conflict, "timecode-not-pinned", 1_000_000_000, Ct);
        var key = await resource.KeyAsync(over, Ct, pin: true);
        Assert.Equal(key, await resource.KeyAsync(over + 899, Ct));
        var old = await resource.KeyAsync(1_000_000_000, Ct, pin: true);
        Assert.Equal(old, await resource.KeyAsync(1_000_000_000, Ct));

        // What ended within the retention when the resource was made, and does not any more: it may have had a key.
        App.Clock.Advance(TimeSpan.FromSeconds(Start + 900 - WindowCalls.Now));
        await resource.RefusedAsync(HttpStatusCode.Gone, "timecode-expired", over + 900, Ct);
        await resource.RefusedAsync(HttpStatusCode.Conflict, "timecode-not-pinned", over - 1, Ct);
        Assert.Equal(key, await resource.KeyAsync(over, Ct));
    }

    [Fact]
    public async Task A_window_that_ended_exactly_a_retention_before_the_resource_never_had_a_key()
    {
        App.Clock.Advance(TimeSpan.FromSeconds(Start + 900 - WindowCalls.Now));
        var resource = await App.NewResourceAsync(Ct); // At 19:30:00.
        const long edge = Start - (24 * 3600);

        await resource.RefusedAsync(HttpStatusCode.Conflict, "timecode-not-pinned", edge, Ct);
        await resource.KeyAsync(edge + 900, Ct);
    }

    [Fact]
    public async Task Of_a_pair_the_younger_one_counts()
    {
        var older = await App.NewResourceAsync(Ct);
        App.Clock.Advance(TimeSpan.FromDays(3));
        var younger = await App.NewResourceAsync(Ct, older.Owner);

        await older.RefusedAsync(HttpStatusCode.Gone, "timecode-expired", Start + 900, Ct);
        await older.RefusedAsync(HttpStatusCode.Conflict, "timecode-not-pinned", Start + 900, Ct, peer: younger.Guid);
        var key = await older.KeyAsync(Start + 900, Ct, peer: younger.Guid, pin: true);
        Assert.Equal(key, await younger.KeyAsync(Start + 900, Ct, peer: older.Guid));
    }

    [Fact]
    public async Task A_sweep_destroys_what_has_passed_and_leaves_what_has_not_and_what_is_pinned()
    {
        var resource = await App.NewResourceAsync(Ct);
        await resource.KeyAsync(Start - 900, Ct);
        await resource.KeyAsync(Start, Ct);
        var later = await resource.KeyAsync(Start + 900, Ct);
        var pinned = await resource.KeyAsync(Start - 1800, Ct, pin: true);

        App.Clock.Advance(Over);
        await App.SweepAsync(Ct);

        Assert.Equal(2, await App.CountKeysAsync(Ct));
        Assert.Equal(later, await resource.KeyAsync(Start + 900, Ct));
        Assert.Equal(pinned, await resource.KeyAsync(Start - 1800, Ct));
    }

    protected override (string Name, string Value)[] Settings => [("Database:WriteConcurrency", "1")];

    public sealed class OnSqlite() : KeepingWindowsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : KeepingWindowsTests(DatabaseProvider.Postgres);
}
