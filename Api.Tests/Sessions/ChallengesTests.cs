using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Users;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Sessions;

public abstract class ChallengesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task A_challenge_looks_the_same_for_everybody()
    {
        var disabled = await App.RegisterUserAsync(Ct);
        using var patched = await App.PatchUserAsync(disabled.Guid, 0, Ct);
        var sizes = new HashSet<(int, int)>();
        foreach (var guid in (string[])[(await App.RegisterUserAsync(Ct)).Guid, disabled.Guid, TestUser.NewGuid(), TestUser.NewGuid()[..32]])
        {
            using var answer = await App.PostChallengeAsync(guid, Ct);

            var json = await answer.IsAsync(HttpStatusCode.OK, Ct);
            Assert.Equal(["challenge", "expiresDate", "serverPublicKey"], Answers.MembersOf(json));
            Assert.Equal(App.Clock.GetUtcNow() + Lifetime, json.GetProperty("expiresDate").GetDateTimeOffset());
            var (challenge, key) = (json.GetProperty("challenge").GetBytesFromBase64(), json.GetProperty("serverPublicKey").GetBytesFromBase64());
            Assert.InRange(challenge.Length, 16, 512);
            Assert.Equal(32, key.Length);
            sizes.Add((challenge.Length, key.Length));
        }

        Assert.Single(sizes);
    }

    [Fact]
    public async Task No_two_are_alike()
    {
        var user = await App.RegisterUserAsync(Ct);

        var (one, other) = (await App.BeginAsync(user, Ct), await App.BeginAsync(user, Ct));

        Assert.NotEqual(one.Challenge, other.Challenge);
        Assert.NotEqual(one.ServerPublicKey, other.ServerPublicKey);
    }

    [Fact]
    public async Task One_is_good_until_the_tick_before_its_end()
    {
        var user = await App.RegisterUserAsync(Ct);
        var (last, late) = (await App.BeginAsync(user, Ct), await App.BeginAsync(user, Ct));

        App.Clock.Advance(Lifetime - Tick);
        var session = await App.FinishAsync(last, Ct);
        App.Clock.Advance(Tick);
        using var refused = await App.PostSessionAsync(late.Request(), Ct);

        Assert.True(await App.IsCredentialAsync(session.Token, Ct));
        await refused.RefusedAsync(HttpStatusCode.Unauthorized, "handshake-failed", Ct);
    }

    [Fact]
    public async Task One_outlives_a_restart()
    {
        await App.RestartAsync(Ct, ("Repository:Issuer", "https://trust.example")); // Else the port is the issuer's name.
        var handshake = await App.BeginAsync(await App.RegisterUserAsync(Ct), Ct);

        await App.RestartAsync(Ct);
        var session = await App.FinishAsync(handshake, Ct);
        await App.RestartAsync(Ct);
        using var again = await App.PostSessionAsync(handshake.Request(), Ct);

        Assert.True(await App.IsCredentialAsync(session.Token, Ct));
        await again.RefusedAsync(HttpStatusCode.Unauthorized, "handshake-failed", Ct);
    }

    [Fact]
    public async Task One_is_spent_by_the_first_handshake_that_succeeds()
    {
        var handshake = await App.BeginAsync(await App.RegisterUserAsync(Ct), Ct);
        await App.FinishAsync(handshake, Ct);

        using var same = await App.PostSessionAsync(handshake.Request(), Ct);
        using var withAnotherKey = await App.PostSessionAsync((handshake with { ClientPublicKey = [9, .. new byte[31]] }).Request(), Ct);

        await same.RefusedAsync(HttpStatusCode.Unauthorized, "handshake-failed", Ct);
        await withAnotherKey.RefusedAsync(HttpStatusCode.Unauthorized, "handshake-failed", Ct);
    }

    [Fact]
    public async Task Of_sixteen_handshakes_with_one_at_once_one_succeeds()
    {
        var handshake = await App.BeginAsync(await App.RegisterUserAsync(Ct), Ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => App.PostSessionAsync(handshake.Request(), Ct)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var loser in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            await loser.RefusedAsync(HttpStatusCode.Unauthorized, "handshake-failed", Ct);
        }
    }

    [Fact]
    public async Task An_idempotency_key_repeats_no_answer()
    {
        var handshake = await App.BeginAsync(await App.RegisterUserAsync(Ct), Ct);
        (string, string) key = ("Idempotency-Key", "one");
        using var first = await App.PostSessionAsync(handshake.Request(), Ct, key);
        using var second = await App.PostSessionAsync(handshake.Request(), Ct, key);
        using var malformed = await App.PostSessionAsync((await App.BeginAsync(handshake.User, Ct)).Request(), Ct, ("Idempotency-Key", new string('x', 256)));

        await first.IsAsync(HttpStatusCode.Created, Ct);
        await second.RefusedAsync(HttpStatusCode.Unauthorized, "handshake-failed", Ct);
        Assert.False(second.IsReplay());
        await malformed.IsAsync(HttpStatusCode.Created, Ct);
    }

    public sealed class OnSqlite() : ChallengesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : ChallengesTests(DatabaseProvider.Postgres);
}
