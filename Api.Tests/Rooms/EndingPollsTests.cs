using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Sessions;
using Repository.Api.Tests.Users;
using Repository.Infrastructure.Signals;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Rooms;

/// <summary>What ends a poll that is held, at once and without the clock.</summary>
public abstract class EndingPollsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    [Shows("room-unknown")]
    public async Task The_rooms_deletion_ends_it()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);
        var poll = await App.HoldAsync(room, users[1], 3, Ct);

        using var deleted = await App.CallAsync(users[0], HttpMethod.Delete, $"/{room}", null, Ct);

        using var answer = await poll;
        await answer.RefusedAsync(HttpStatusCode.NotFound, "room-unknown", Ct);
        Assert.Equal(0, App.HeldPolls);
    }

    [Fact]
    [Shows("forbidden")]
    public async Task The_callers_removal_ends_it_and_the_others_are_told()
    {
        var users = await App.NewUsersAsync(3, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);
        var removed = await App.HoldAsync(room, users[1], 4, Ct);
        var staying = await App.HoldAsync(room, users[2], 4, Ct);

        await App.RemovedAsync(room, users[0], users[1], Ct);

        using var refused = await removed;
        await refused.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        using var told = await staying;
        Assert.Equal(["5 removed"], EventCalls.BriefOf(await told.IsAsync(HttpStatusCode.OK, Ct)));
        using var later = await App.PollAsync(room, users[1], "?after=0", Ct);
        await later.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
    }

    [Theory]
    [InlineData("signed out")]
    [InlineData("token revoked")]
    [InlineData("user disabled")]
    [InlineData("expired")]
    public async Task The_end_of_the_session_ends_it_and_no_other(string how)
    {
        var (user, session) = await App.OpenSessionAsync(Ct);
        var owner = (await App.NewUsersAsync(1, Ct))[0];
        var room = await App.CreateRoomOfAsync([owner, user.Guid], Ct);
        if (how is "expired")
        {
            App.Clock.Advance(session.ExpiresDate - App.Clock.GetUtcNow() - TimeSpan.FromSeconds(11));
        }

        var own = await App.HoldAsync(App.As(session), $"/v1/rooms/{room}/events?after=3&wait=37", Ct);
        var all = await HoldAllAsync(session);
        var others = await App.HoldAsync(room, owner, 3, Ct);
        await EndAsync(how, user, session);

        foreach (var poll in new[] { own, all })
        {
            using var answer = await poll;
            await answer.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
            Assert.StartsWith("Bearer", answer.HeaderOf("WWW-Authenticate"), StringComparison.Ordinal);
        }

        Assert.False(others.IsCompleted);
        Assert.Equal(1, App.HeldPolls);
        await App.PostedAsync(room, owner, 1, Ct);
        using var posted = await others;
        Assert.Equal(["4 message"], EventCalls.BriefOf(await posted.IsAsync(HttpStatusCode.OK, Ct)));
    }

    [Fact]
    public async Task A_graceful_stop_answers_every_poll_with_what_there_is()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);
        var next = (await App.ReadAllAsync(users[1], null, Ct)).GetProperty("next").GetString()!;
        var polls = new List<Task<HttpResponseMessage>>();
        for (var i = 0; i < 20; i++)
        {
            polls.Add(await App.HoldAsync(room, users[i % 2], 3, Ct));
        }

        var all = await App.HoldAllAsync(users[1], next, Ct);
        using var stream = await EventStream.ConnectAsync(App, TestSession.Prefix + users[0], $"{room}/stream", null, Ct);
        Assert.Equal(22, App.HeldPolls);
        await App.StopAsync(Ct);

        foreach (var poll in polls.Append(all))
        {
            using var answer = await poll;
            Assert.Empty(EventCalls.BriefOf(await answer.IsAsync(HttpStatusCode.OK, Ct)));
        }

        Assert.Empty(await stream.ReadAsync(Ct));

        await App.StartAsync(Ct);
        await App.PostedAsync(room, users[0], 1, Ct);
        Assert.Equal([4], EventCalls.SequencesOf(await App.ReadEventsAsync(room, users[1], Ct, after: 3)));
        Assert.Equal([4], EventCalls.SequencesOf(await App.ReadAllAsync(users[1], next, Ct)));
    }

    [Fact]
    public async Task A_caller_that_goes_away_leaves_nothing_behind()
    {
        var user = (await App.NewUsersAsync(1, Ct))[0];
        var room = await App.CreateRoomAsync(user, Ct);
        using var session = App.SessionOf(user);
        var poll = await App.HoldAsync(session, $"/v1/rooms/{room}/events?after=1&wait=37", Ct);

        session.CancelPendingRequests();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
        await EventCalls.UntilAsync(() => App.HeldPolls == 0, Ct);
        Assert.Equal(0, App.Services.GetRequiredService<LocalSignals>().Topics);
    }

    public sealed class OnSqlite() : EndingPollsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : EndingPollsTests(DatabaseProvider.Postgres);

    private async Task<Task<HttpResponseMessage>> HoldAllAsync(ClientSession session)
    {
        string? next;
        using (var answer = await App.As(session).GetAsync(EventCalls.AllRooms, Ct))
        {
            next = (await answer.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("next").GetString();
        }

        return await App.HoldAsync(App.As(session), $"{EventCalls.AllRooms}?after={next}&wait=37", Ct);
    }

    private async Task EndAsync(string how, TestUser user, ClientSession session)
    {
        switch (how)
        {
            case "signed out":
                using (var ended = await App.EndSessionAsync(session.SessionId, session, Ct))
                {
                    Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
                }

                break;
            case "token revoked":
                using (var revoked = await App.As(session).PostTokenAsync("revoke", session.Token, Ct))
                {
                    Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
                }

                break;
            case "user disabled":
                using (var disabled = await App.PatchUserAsync(user.Guid, 0, Ct))
                {
                    Assert.Equal(HttpStatusCode.OK, disabled.StatusCode);
                }

                break;
            default:
                await App.Clock.TimerSetAsync(TimeSpan.FromSeconds(11), Ct);
                await App.Clock.TimerSetAsync(EventCalls.Wait, Ct);
                App.Clock.Advance(TimeSpan.FromSeconds(11));
                break;
        }
    }
}
