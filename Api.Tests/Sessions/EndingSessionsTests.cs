using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Users;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Sessions;

public abstract class EndingSessionsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task A_session_that_was_ended_is_no_credential_any_more()
    {
        var (_, session) = await App.OpenSessionAsync(Ct);

        using var ended = await App.EndSessionAsync(session.SessionId, session, Ct);

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Empty(await ended.Content.ReadAsByteArrayAsync(Ct));
        Assert.False(await App.IsCredentialAsync(session.Token, Ct));
    }

    [Fact]
    public async Task A_user_ends_any_of_its_sessions_and_the_others_go_on()
    {
        var user = await App.RegisterUserAsync(Ct);
        var (one, other) = (await App.OpenSessionAsync(user, Ct), await App.OpenSessionAsync(user, Ct));

        using var ended = await App.EndSessionAsync(one.SessionId, other, Ct);
        using var again = await App.EndSessionAsync(one.SessionId, other, Ct);

        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.NoContent], [ended.StatusCode, again.StatusCode]);
        Assert.False(await App.IsCredentialAsync(one.Token, Ct));
        Assert.True(await App.IsCredentialAsync(other.Token, Ct));
    }

    [Fact]
    [Shows("session-unknown")]
    public async Task Anothers_session_is_as_unknown_as_one_that_never_was()
    {
        var ((_, mine), (_, theirs)) = (await App.OpenSessionAsync(Ct), await App.OpenSessionAsync(Ct));

        using var another = await App.EndSessionAsync(theirs.SessionId, mine, Ct);
        using var unknown = await App.EndSessionAsync(new string('0', 32), mine, Ct);
        using var unknownToAll = await App.Administrator.DeleteAsync($"{SessionCalls.Path}/{new string('0', 32)}", Ct);

        var (one, other) = (
            await another.RefusedAsync(HttpStatusCode.NotFound, "session-unknown", Ct),
            await unknown.RefusedAsync(HttpStatusCode.NotFound, "session-unknown", Ct));
        Assert.Equal(one.GetProperty("detail").GetString(), other.GetProperty("detail").GetString());
        await unknownToAll.RefusedAsync(HttpStatusCode.NotFound, "session-unknown", Ct);
        Assert.True(await App.IsCredentialAsync(theirs.Token, Ct));
    }

    [Fact]
    public async Task An_administrator_ends_anyones()
    {
        var (_, session) = await App.OpenSessionAsync(Ct);

        using var ended = await App.Administrator.DeleteAsync($"{SessionCalls.Path}/{session.SessionId}", Ct);

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.False(await App.IsCredentialAsync(session.Token, Ct));
    }

    [Fact]
    public async Task Disabling_a_user_ends_its_sessions_for_good()
    {
        var user = await App.RegisterUserAsync(Ct);
        var (one, other) = (await App.OpenSessionAsync(user, Ct), await App.OpenSessionAsync(user, Ct));
        var (_, strangers) = await App.OpenSessionAsync(Ct);

        using var disabled = await UserCalls.PatchUserAsync(App.As(one), user.Guid, 0, Ct);
        var whileDisabled = (await App.IsCredentialAsync(one.Token, Ct), await App.IsCredentialAsync(other.Token, Ct));
        using var enabled = await App.PatchUserAsync(user.Guid, 1, Ct);

        await disabled.IsAsync(HttpStatusCode.OK, Ct);
        await enabled.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Equal((false, false), whileDisabled);
        Assert.False(await App.IsCredentialAsync(one.Token, Ct));
        Assert.False(await App.IsCredentialAsync(other.Token, Ct));
        Assert.True(await App.IsCredentialAsync(strangers.Token, Ct));
        Assert.True(await App.IsCredentialAsync((await App.OpenSessionAsync(user, Ct)).Token, Ct));
    }

    [Fact]
    public async Task A_handshake_that_meets_the_disabling_leaves_no_session_that_goes_on()
    {
        for (var i = 0; i < 8; i++)
        {
            var user = await App.RegisterUserAsync(Ct);
            var handshakes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => App.BeginAsync(user, Ct)));

            var posts = handshakes.Select(handshake => App.PostSessionAsync(handshake.Request(), Ct)).ToList();
            using var disabled = await App.PatchUserAsync(user.Guid, 0, Ct);
            var answers = await Task.WhenAll(posts);
            using var enabled = await App.PatchUserAsync(user.Guid, 1, Ct);

            foreach (var (handshake, answer) in handshakes.Zip(answers).Where(pair => pair.Second.StatusCode == HttpStatusCode.Created))
            {
                Assert.False(await App.IsCredentialAsync((await App.OpenAnswerAsync(handshake, answer, Ct)).Token, Ct));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(899)]
    public async Task A_session_is_good_until_the_tick_before_the_end_of_the_next_window(int secondsIntoWindow)
    {
        var toNextWindow = 900 - (App.Clock.GetUtcNow().ToUnixTimeSeconds() % 900);
        App.Clock.Advance(TimeSpan.FromSeconds(toNextWindow + secondsIntoWindow) + (secondsIntoWindow == 899 ? TimeSpan.FromSeconds(1) - Tick : TimeSpan.Zero));
        var windowStart = App.Clock.GetUtcNow().ToUnixTimeSeconds() / 900 * 900;

        var (_, session) = await App.OpenSessionAsync(Ct);

        Assert.Equal(windowStart + 1800, session.ExpiresDate.ToUnixTimeSeconds());
        App.Clock.Advance(session.ExpiresDate - App.Clock.GetUtcNow() - Tick);
        Assert.True(await App.IsCredentialAsync(session.Token, Ct));
        App.Clock.Advance(Tick);
        Assert.False(await App.IsCredentialAsync(session.Token, Ct));
    }

    [Fact]
    public async Task A_session_that_has_expired_can_still_be_ended()
    {
        var (_, session) = await App.OpenSessionAsync(Ct);
        App.Clock.Advance(TimeSpan.FromHours(1));

        using var ended = await App.Administrator.DeleteAsync($"{SessionCalls.Path}/{session.SessionId}", Ct);

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
    }

    public sealed class OnSqlite() : EndingSessionsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : EndingSessionsTests(DatabaseProvider.Postgres);
}
