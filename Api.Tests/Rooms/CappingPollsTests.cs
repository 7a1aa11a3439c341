using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Rooms;

public sealed class CappingPollsTests() : DatabaseTests(DatabaseProvider.Sqlite)
{
    protected override (string Name, string Value)[] Settings => [("Rooms:MaxHeldPolls", "5"), ("Rooms:MaxHeldPollsPerCaller", "3")];

    [Fact]
    [Shows("too-many-polls")]
    public async Task Of_many_at_once_as_many_are_held_as_allowed_and_the_places_come_back()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);

        for (var round = 0; round < 3; round++)
        {
            var first = Start(users[0]);
            await EventCalls.UntilAsync(() => first.Count(static poll => poll.IsCompleted) == 13, Ct);
            var second = Start(users[1]);
            await EventCalls.UntilAsync(() => second.Count(static poll => poll.IsCompleted) == 14, Ct);
            Assert.Equal(5, App.HeldPolls);
            foreach (var refused in first.Concat(second).Where(static poll => poll.IsCompleted))
            {
                using var answer = await refused;
                await answer.RefusedAsync(HttpStatusCode.ServiceUnavailable, "too-many-polls", Ct);
                Assert.Equal("1", answer.HeaderOf("Retry-After"));
            }

            var held = first.Concat(second).Where(static poll => !poll.IsCompleted).ToList();
            await App.PostedAsync(room, users[0], 1, Ct);
            foreach (var poll in held)
            {
                using var answer = await poll;
                Assert.Single(EventCalls.BriefOf(await answer.IsAsync(HttpStatusCode.OK, Ct)));
            }

            Assert.Equal(0, App.HeldPolls);
        }

        List<Task<HttpResponseMessage>> Start(string user)
        {
            var session = App.SessionOf(user);
            var last = App.ShowRoomAsync(room, user, Ct);
            return [.. Enumerable.Range(0, 16).Select(async _ => await session.GetAsync($"/v1/rooms/{room}/events?wait=60&after={(await last).GetProperty("lastSequence")}", Ct))];
        }
    }

    [Fact]
    public async Task A_stream_and_a_poll_of_all_rooms_count_and_what_is_answered_at_once_does_not()
    {
        var user = (await App.NewUsersAsync(1, Ct))[0];
        var room = await App.CreateRoomAsync(user, Ct);
        var end = (await App.ReadAllAsync(user, null, Ct)).GetProperty("next").GetString()!;
        using var stream = await EventStream.ConnectAsync(App, TestSession.Prefix + user, $"{room}/stream", null, Ct);
        var all = await App.HoldAllAsync(user, end, Ct);
        var one = await App.HoldAsync(room, user, 1, Ct);

        using var status = await App.Administrator.GetAsync("/v1/status", Ct);
        Assert.Equal(3, (await status.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("heldPolls").GetInt32());
        foreach (var path in new[] { $"/v1/rooms/{room}/events?after=1&wait=1", $"/v1/rooms/{room}/stream", $"{EventCalls.AllRooms}?after={end}&wait=1" })
        {
            using var refused = await App.SessionOf(user).GetAsync(path, Ct);
            await refused.RefusedAsync(HttpStatusCode.ServiceUnavailable, "too-many-polls", Ct);
        }

        Assert.Single(EventCalls.BriefOf(await App.ReadEventsAsync(room, user, Ct)));
        using var there = await App.PollAsync(room, user, "?wait=60", Ct);
        Assert.Single(EventCalls.BriefOf(await there.IsAsync(HttpStatusCode.OK, Ct)));

        using var deleted = await App.CallAsync(user, HttpMethod.Delete, $"/{room}", null, Ct);
        using var gone = await one;
        await gone.RefusedAsync(HttpStatusCode.NotFound, "room-unknown", Ct);
        Assert.Empty(await stream.ReadAsync(Ct));
        await EventCalls.UntilAsync(() => App.HeldPolls == 1, Ct);
        Assert.False(all.IsCompleted);
    }
}
