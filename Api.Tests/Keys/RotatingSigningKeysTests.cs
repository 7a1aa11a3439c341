using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Storage;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Keys;

/// <summary>With the defaults: a key signs for 30 days, is published a day before, and stays published for 31 days after.</summary>
public abstract class RotatingSigningKeysTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan Lead = TimeSpan.FromDays(1);
    private static readonly TimeSpan Retention = TimeSpan.FromDays(31);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task The_next_key_is_published_a_day_before_it_signs()
    {
        var first = await SigningKidAsync();
        App.Clock.Advance(Lifetime - Lead - Tick);
        Assert.Equal([first], await App.KidsAsync(Ct));

        App.Clock.Advance(Tick);

        var kids = await App.KidsAsync(Ct);
        Assert.Equal(2, kids.Count);
        Assert.Equal(first, await SigningKidAsync());
        App.Clock.Advance(Lead - Tick);
        Assert.Equal(first, await SigningKidAsync());
        App.Clock.Advance(Tick);
        Assert.Equal(kids[1], await SigningKidAsync());
        Assert.Equal(kids, await App.KidsAsync(Ct));
    }

    [Fact]
    public async Task A_key_that_is_published_late_signs_when_its_time_has_come()
    {
        var first = await SigningKidAsync();
        App.Clock.Advance(Lifetime - Tick);
        Assert.Equal(first, await SigningKidAsync());

        App.Clock.Advance(Tick);

        Assert.Equal((await App.KidsAsync(Ct))[1], await SigningKidAsync());
    }

    [Fact]
    public async Task Whoever_kept_the_JWKS_of_before_the_rotation_checks_tokens_of_after_it()
    {
        App.Clock.Advance(Lifetime - Lead);
        var kept = await App.JwksAsync(Ct);
        App.Clock.Advance(Lead);

        var result = await App.ValidateAsync(await App.SignAsync(Ct), kept);

        Assert.True(result.IsValid, result.Exception?.ToString());
    }

    [Fact]
    public async Task Tokens_of_a_key_verify_for_31_days_after_its_last_use_and_then_it_is_gone()
    {
        var first = await SigningKidAsync();
        App.Clock.Advance(Lifetime - Lead);
        await App.KidsAsync(Ct);
        App.Clock.Advance(Lead - TimeSpan.FromSeconds(1));
        var token = await App.SignAsync(Ct);
        Assert.Equal(first, SigningCalls.KidOf(token));
        App.Clock.Advance(TimeSpan.FromSeconds(1));
        await App.AssertVerifiesAsync(token, Ct);

        App.Clock.Advance(Retention - Tick);
        await App.AssertVerifiesAsync(token, Ct);
        App.Clock.Advance(Tick);

        Assert.DoesNotContain(first, await App.KidsAsync(Ct));
        Assert.IsType<SecurityTokenSignatureKeyNotFoundException>((await App.ValidateAsync(token, await App.JwksAsync(Ct))).Exception);
        Assert.Equal(0, await CountAsync("sequence = 1"));
    }

    [Fact]
    public async Task A_long_idle_time_is_followed_by_a_new_key_at_once()
    {
        var first = await SigningKidAsync();
        App.Clock.Advance(TimeSpan.FromDays(400));

        var token = await App.SignAsync(Ct);

        Assert.NotEqual(first, SigningCalls.KidOf(token));
        Assert.Equal([first, SigningCalls.KidOf(token)], await App.KidsAsync(Ct)); // Nobody knew that the first one had been used for the last time.
        await App.AssertVerifiesAsync(token, Ct);
    }

    [Fact]
    public async Task A_restart_changes_nothing_in_the_schedule()
    {
        App.Clock.Advance(Lifetime - Lead);
        var kids = await App.KidsAsync(Ct);
        await App.RestartAsync(Ct);
        Assert.Equal(kids, await App.KidsAsync(Ct));
        Assert.Equal(kids[0], await SigningKidAsync());
        await App.StopAsync(Ct);
        App.Clock.Advance(Lead);

        await App.StartAsync(Ct);

        Assert.Equal(kids[1], await SigningKidAsync());
        Assert.Equal(kids, await App.KidsAsync(Ct));
    }

    [Fact]
    public async Task Of_sixteen_callers_at_the_moment_of_rotation_one_makes_the_key()
    {
        var first = await SigningKidAsync();
        App.Clock.Advance(Lifetime);

        var kids = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(SigningKidAsync, Ct)));

        var second = Assert.Single(kids.Distinct(StringComparer.Ordinal));
        Assert.Equal([first, second], await App.KidsAsync(Ct));
        Assert.Equal(2, (await AuditedAsync("signing-key-created")).Count);
    }

    [Fact]
    public async Task A_retired_keys_private_key_is_gone_from_the_database()
    {
        App.Clock.Advance(Lifetime - Lead);
        await App.KidsAsync(Ct);
        Assert.Equal(2, await CountAsync("length(sealed_private_key) > 41"));
        App.Clock.Advance(Lead);

        await App.SignAsync(Ct);

        Assert.Equal(1, await CountAsync("length(sealed_private_key) = 41 AND sequence = 1"));
        await App.RestartAsync(Ct);
        Assert.Equal(2, (await App.KidsAsync(Ct)).Count);
    }

    [Fact]
    public async Task A_clock_that_is_turned_back_breaks_nothing()
    {
        var first = await SigningKidAsync();
        App.Clock.Advance(Lifetime - Lead);
        var kids = await App.KidsAsync(Ct);
        App.Clock.Advance(TimeSpan.FromDays(-10));
        Assert.Equal(first, await SigningKidAsync());
        App.Clock.Advance(TimeSpan.FromDays(10) + Lead);
        Assert.Equal(kids[1], await SigningKidAsync());

        App.Clock.Advance(TimeSpan.FromHours(-2)); // The first key could sign now, if it had its private key still.

        var token = await App.SignAsync(Ct);
        Assert.Equal(kids[1], SigningCalls.KidOf(token));
        await App.AssertVerifiesAsync(token, Ct);
        App.Clock.Advance(TimeSpan.FromDays(-365));
        await App.AssertVerifiesAsync(await App.SignAsync(Ct), Ct);
        Assert.Equal(kids, await App.KidsAsync(Ct));
    }

    [Fact]
    public async Task A_shorter_lifetime_counts_from_the_next_start()
    {
        var first = await SigningKidAsync();
        App.Clock.Advance(TimeSpan.FromHours(2));

        await App.RestartAsync(Ct, ("Tokens:SigningKeyLifetime", "01:00:00"));

        Assert.NotEqual(first, await SigningKidAsync());
    }

    [Fact]
    public async Task With_the_shortest_lifetime_keys_follow_each_other_and_go_in_bounded_writes()
    {
        await App.RestartAsync(Ct, ("Tokens:SigningKeyLifetime", "00:00:01"));
        var token = string.Empty;
        for (var i = 0; i < 20; i++)
        {
            App.Clock.Advance(TimeSpan.FromMilliseconds(900));
            await App.KidsAsync(Ct);
            App.Clock.Advance(TimeSpan.FromMilliseconds(100));
            token = await App.SignAsync(Ct);
            await App.AssertVerifiesAsync(token, Ct);
        }

        Assert.Equal(21, (await App.KidsAsync(Ct)).Distinct(StringComparer.Ordinal).Count());

        App.Clock.Advance(Retention);
        Assert.Equal([SigningCalls.KidOf(token)], (await App.KidsAsync(Ct)).Take(1)); // The others are past, removed or not.
        Assert.Equal(21 + 1 - SigningKeySchedule.MaxRemovedAtOnce, await CountAsync("sequence > 0"));
        App.Clock.Advance(TimeSpan.FromSeconds(1));
        await App.KidsAsync(Ct);
        Assert.Equal(0, await CountAsync("sequence < 21"));
    }

    [Fact]
    public async Task While_the_next_key_cannot_be_written_the_present_one_goes_on()
    {
        await App.RestartAsync(Ct, ("Database:WriteQueueLength", "2"), ("Database:WriteConcurrency", "1"));
        var first = await SigningKidAsync();
        await using (var blocked = await BlockedWriter.BlockAsync(App, Ct))
        {
            App.Clock.Advance(Lifetime);
            var writes = Enumerable.Range(0, 3).Select(_ => App.PostMachineAsync(MachineCalls.NewHash(), Ct)).ToList();
            await blocked.WaitForQueuedAsync(2, Ct); // The queue is full, of these or of the server's own jobs.

            Assert.Equal(first, await SigningKidAsync());
            Assert.Equal([first], await App.KidsAsync(Ct));

            await blocked.ReleaseAsync();
            foreach (var answer in await Task.WhenAll(writes))
            {
                answer.Dispose();
            }
        }

        do
        {
            Ct.ThrowIfCancellationRequested();
            App.Clock.Advance(TimeSpan.FromSeconds(1)); // Again, for the server's own jobs write too.
        }
        while (string.Equals(first, await SigningKidAsync(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Making_and_removing_keys_is_audited()
    {
        var start = App.Clock.GetUtcNow();
        App.Clock.Advance(Lifetime - Lead);
        var kids = await App.KidsAsync(Ct);
        App.Clock.Advance(Lead + Retention);
        await App.KidsAsync(Ct);

        var created = await AuditedAsync("signing-key-created");
        Assert.Equal(kids, created.Take(2).Select(entry => AuditCalls.Text(entry, "subject")));
        Assert.Equal(
            [$$"""{"activeDate":"{{Spell(start)}}"}""", $$"""{"activeDate":"{{Spell(start + Lifetime)}}"}"""],
            created.Take(2).Select(entry => entry.GetProperty("details").GetRawText()));
        var retired = Assert.Single(await AuditedAsync("signing-key-retired"));
        Assert.Equal(kids[0], AuditCalls.Text(retired, "subject"));
        Assert.All([.. created, retired], entry => Assert.Equal("server", AuditCalls.Text(entry, "actor")));
        AuditCalls.AssertChain(await App.AuditEntriesAsync(Ct));
    }

    [Fact]
    public async Task A_key_is_found_by_its_name_while_it_is_published()
    {
        var ring = App.Services.GetRequiredService<SigningKeyRing>();
        var kid = await SigningKidAsync();

        Assert.Equal(kid, (await ring.FindAsync(kid, Ct))?.ToString());
        Assert.Null(await ring.FindAsync(kid.ToLowerInvariant(), Ct));
        App.Clock.Advance(Lifetime);
        await App.SignAsync(Ct);
        Assert.Equal(kid, (await ring.FindAsync(kid, Ct))?.Kid);
        App.Clock.Advance(Retention);
        Assert.Null(await ring.FindAsync(kid, Ct));
    }

    private static string Spell(DateTimeOffset date) => date.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private async Task<string> SigningKidAsync() => SigningCalls.KidOf(await App.SignAsync(Ct));

    private async Task<List<JsonElement>> AuditedAsync(string action) =>
        [.. (await App.AuditEntriesAsync(Ct)).Where(entry => string.Equals(AuditCalls.Text(entry, "action"), action, StringComparison.Ordinal))];

    private async Task<long> CountAsync(string condition) => Convert.ToInt64(
        await App.ScalarSqlAsync($"SELECT COUNT(*) FROM signing_keys WHERE {condition}", Ct),
        CultureInfo.InvariantCulture);

    public sealed class OnSqlite() : RotatingSigningKeysTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : RotatingSigningKeysTests(DatabaseProvider.Postgres);
}
