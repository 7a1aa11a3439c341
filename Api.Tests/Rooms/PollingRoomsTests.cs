using System.Net;
using System.Text.Json;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Rooms;

public abstract class PollingRoomsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task Each_event_has_the_members_of_its_type_and_no_other()
    {
        var users = await App.NewUsersAsync(3, Ct);
        var room = await App.CreateRoomOfAsync(users[..2], Ct, ""","admission":"open" """);
        var json = """{"epoch":1,"ciphertext":"c2VhbGVk","signature":"c2ln","clientMessageId":"m-1"}""";
        using var named = await App.PostAsync(room, users[1], json, Ct);
        await App.PostedAsync(room, users[0], 1, Ct);
        using var changed = await App.CallAsync(users[0], HttpMethod.Patch, $"/{room}", """{"name":"Night crew","admission":"approval"}""", Ct);
        using var asked = await App.JoinAsync(room, users[2], Ct);
        await App.RemovedAsync(room, users[0], users[1], Ct);

        var events = (await App.ReadEventsAsync(room, users[0], Ct)).GetProperty("events").EnumerateArray().Select(Spell).ToList();

        var (owner, member, asking) = (users[0], users[1], users[2]);
        Assert.Equal(
            [
                $"1 joined userGuid={owner}",
                $"2 joined userGuid={member}",
                "3 epoch epoch=1",
                $"4 message userGuid={member} epoch=1 ciphertext=c2VhbGVk signature=c2ln clientMessageId=m-1",
                $"5 message userGuid={owner} epoch=1 ciphertext=c2VhbGVk signature= clientMessageId=",
                "6 updated name=Night crew admission=approval",
                $"7 requested userGuid={asking}",
                $"8 removed userGuid={member} byGuid={owner}",
            ],
            events);

        string Spell(JsonElement entry)
        {
            var members = entry.EnumerateObject().ToList();
            Assert.Equal(["sequence", "type", "roomId", "date"], members.Take(4).Select(static member => member.Name));
            Assert.Equal(room, entry.GetProperty("roomId").GetString());
            Assert.Equal("2026-11-21T19:19:00.0000000Z", entry.GetProperty("date").GetString());
            return string.Join(' ', [entry.GetProperty("sequence").ToString(), entry.GetProperty("type").ToString(), .. members.Skip(4).Select(static member => $"{member.Name}={member.Value}")]);
        }
    }

    [Fact]
    public async Task A_member_pages_from_its_latest_joining_on()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomOfAsync([users[0]], Ct);
        await App.PostedAsync(room, users[0], 1, Ct);
        await App.JoinedAsync(room, users[1], Ct);
        await App.PostedAsync(room, users[0], 1, Ct);
        await App.PostedAsync(room, users[0], 1, Ct);

        var first = await App.ReadEventsAsync(room, users[1], Ct, limit: 2);
        var second = await App.ReadEventsAsync(room, users[1], Ct, first.GetProperty("next").GetInt64(), limit: 2);
        var third = await App.ReadEventsAsync(room, users[1], Ct, second.GetProperty("next").GetInt64(), limit: 2);

        Assert.Equal(["4 joined", "5 message"], EventCalls.BriefOf(first));
        Assert.Equal(["6 message"], EventCalls.BriefOf(second));
        Assert.Empty(EventCalls.BriefOf(third));
        Assert.Equal([5, 6, 6], new[] { first, second, third }.Select(static page => page.GetProperty("next").GetInt64()));

        await App.RemovedAsync(room, users[1], users[1], Ct);
        await App.JoinedAsync(room, users[1], Ct);
        Assert.Equal(["8 joined"], EventCalls.BriefOf(await App.ReadEventsAsync(room, users[1], Ct, after: 4)));
    }

    [Fact]
    public async Task More_events_than_one_read_takes_come_in_one_answer()
    {
        var user = (await App.NewUsersAsync(1, Ct))[0];
        var room = await App.CreateRoomOfAsync([user], Ct);
        await Task.WhenAll(Enumerable.Range(0, 250).Select(_ => App.PostedAsync(room, user, 1, Ct)));

        var all = await App.ReadEventsAsync(room, user, Ct, limit: 1000);

        Assert.Equal(Enumerable.Range(1, 252).Select(static sequence => (long)sequence), EventCalls.SequencesOf(all));
        Assert.Equal(252, all.GetProperty("next").GetInt64());
        Assert.Equal(100, EventCalls.SequencesOf(await App.ReadEventsAsync(room, user, Ct)).Count);
    }

    [Fact]
    public async Task A_cursor_beyond_the_end_is_told_the_end_and_never_waits()
    {
        var user = (await App.NewUsersAsync(1, Ct))[0];
        var room = await App.CreateRoomAsync(user, Ct);

        using var answer = await App.PollAsync(room, user, $"?after={long.MaxValue}&wait=60", Ct);

        var json = await answer.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Empty(EventCalls.BriefOf(json));
        Assert.Equal(1, json.GetProperty("next").GetInt64());
    }

    [Fact]
    public async Task A_held_poll_is_answered_by_the_next_event()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);
        var poll = await App.HoldAsync(room, users[1], 3, Ct);

        await App.PostedAsync(room, users[0], 1, Ct);

        using var answer = await poll;
        Assert.Equal(["4 message"], EventCalls.BriefOf(await answer.IsAsync(HttpStatusCode.OK, Ct)));
        Assert.Equal(0, App.HeldPolls);
    }

    [Fact]
    public async Task A_held_poll_that_nothing_wakes_ends_empty_when_its_time_is_up_and_not_before()
    {
        var user = (await App.NewUsersAsync(1, Ct))[0];
        var room = await App.CreateRoomAsync(user, Ct);
        var poll = await App.HoldAsync(room, user, 1, Ct);
        await App.Clock.TimerSetAsync(EventCalls.Wait, Ct);

        App.Clock.Advance(EventCalls.Wait - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, App.HeldPolls);
        App.Clock.Advance(TimeSpan.FromMilliseconds(1));

        using var answer = await poll;
        var json = await answer.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Empty(EventCalls.BriefOf(json));
        Assert.Equal(1, json.GetProperty("next").GetInt64());
    }

    [Fact]
    public async Task A_clock_that_is_set_back_and_forth_loses_nothing_and_ends_nothing()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);
        var poll = await App.HoldAsync(room, users[1], 3, Ct);
        await App.Clock.TimerSetAsync(EventCalls.Wait, Ct);

        App.Clock.Advance(-TimeSpan.FromHours(1));
        await App.PostedAsync(room, users[0], 1, Ct);
        using var first = await poll;
        poll = await App.HoldAsync(room, users[1], 4, Ct);
        App.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromHours(1));
        await App.PostedAsync(room, users[0], 1, Ct);
        using var second = await poll;
        App.Clock.Advance(TimeSpan.FromHours(2));
        poll = await App.HoldAsync(room, users[1], 5, Ct);
        await App.PostedAsync(room, users[0], 1, Ct);
        using var third = await poll;

        Assert.Equal(["4 message"], EventCalls.BriefOf(await first.IsAsync(HttpStatusCode.OK, Ct)));
        Assert.Equal(["5 message"], EventCalls.BriefOf(await second.IsAsync(HttpStatusCode.OK, Ct)));
        Assert.Equal(["6 message"], EventCalls.BriefOf(await third.IsAsync(HttpStatusCode.OK, Ct)));
        Assert.Equal([1, 2, 3, 4, 5, 6], EventCalls.SequencesOf(await App.ReadEventsAsync(room, users[0], Ct)));
    }

    [Fact]
    public async Task Events_past_the_rooms_limits_are_left_out_at_once()
    {
        var user = (await App.NewUsersAsync(1, Ct))[0];
        var room = await App.CreateRoomOfAsync([user], Ct, ""","historyLimit":2,"retentionSeconds":60 """);
        for (var i = 0; i < 3; i++)
        {
            await App.PostedAsync(room, user, 1, Ct);
        }

        Assert.Equal(["4 message", "5 message"], EventCalls.BriefOf(await App.ReadEventsAsync(room, user, Ct)));
        Assert.Equal([4, 5], EventCalls.SequencesOf(await App.ReadAllAsync(user, null, Ct)));

        App.Clock.Advance(TimeSpan.FromSeconds(60));
        var later = await App.ReadEventsAsync(room, user, Ct);
        Assert.Empty(EventCalls.BriefOf(later));
        Assert.Equal(5, later.GetProperty("next").GetInt64());

        await App.SweepRoomsAsync(Ct);
        var poll = await App.HoldAsync(room, user, 1, Ct);
        await App.PostedAsync(room, user, 1, Ct);
        using var answer = await poll;
        Assert.Equal(["6 message"], EventCalls.BriefOf(await answer.IsAsync(HttpStatusCode.OK, Ct)));
    }

    [Fact]
    public async Task Who_is_no_member_reads_nothing_whatever_it_is_and_an_unknown_room_is_unknown()
    {
        var users = await App.NewUsersAsync(5, Ct);
        var room = await App.CreateRoomAsync(users[0], Ct, ""","admission":"approval" """);
        using var pending = await App.JoinAsync(room, users[1], Ct);
        using var invited = await App.AdmitAsync(room, users[0], users[2], Ct);
        using var asks = await App.JoinAsync(room, users[3], Ct);
        using var admitted = await App.AdmitAsync(room, users[0], users[3], Ct);
        await App.RemovedAsync(room, users[0], users[3], Ct);

        foreach (var user in users[1..])
        {
            foreach (var path in new[] { "events", "events?wait=60&after=9", "stream" })
            {
                using var answer = await App.CallAsync(user, HttpMethod.Get, $"/{room}/{path}", null, Ct);
                await answer.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
            }
        }

        using var unknown = await App.PollAsync(new string('0', 32), users[0], "?wait=60", Ct);
        await unknown.RefusedAsync(HttpStatusCode.NotFound, "room-unknown", Ct);
        using var unknownStream = await App.CallAsync(users[0], HttpMethod.Get, $"/{new string('0', 32)}/stream", null, Ct);
        await unknownStream.RefusedAsync(HttpStatusCode.NotFound, "room-unknown", Ct);
    }

    public sealed class OnSqlite() : PollingRoomsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : PollingRoomsTests(DatabaseProvider.Postgres);
}
