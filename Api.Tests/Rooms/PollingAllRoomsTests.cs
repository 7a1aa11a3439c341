using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Rooms;

public abstract class PollingAllRoomsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task Events_of_all_rooms_come_page_by_page_each_once()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var one = await App.CreateRoomOfAsync(users, Ct);
        var other = await App.CreateRoomOfAsync([users[0]], Ct);
        var foreign = await App.CreateRoomOfAsync([users[1]], Ct);
        for (var i = 0; i < 3; i++)
        {
            await App.PostedAsync(one, users[0], 1, Ct);
            await App.PostedAsync(other, users[0], 1, Ct);
            await App.PostedAsync(foreign, users[1], 1, Ct);
        }

        var (events, next) = await ReadToEndAsync(users[0], null, limit: 2);

        Assert.Equal([1, 2, 3, 4, 5, 6], SequencesIn(one, events));
        Assert.Equal([1, 2, 3, 4, 5], SequencesIn(other, events));
        Assert.Equal(11, events.Count);
        await App.PostedAsync(other, users[0], 1, Ct);
        var (more, _) = await ReadToEndAsync(users[0], next, limit: 100);
        Assert.Equal([6], SequencesIn(other, Assert.Single(more) is var only ? [only] : []));
    }

    [Fact]
    public async Task A_cursor_goes_on_when_rooms_are_left_and_joined_between_calls()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var left = await App.CreateRoomOfAsync(users, Ct);
        var kept = await App.CreateRoomOfAsync(users, Ct);
        var (_, next) = await ReadToEndAsync(users[1], null, limit: 100);

        await App.PostedAsync(left, users[0], 1, Ct);
        await App.RemovedAsync(left, users[1], users[1], Ct);
        await App.PostedAsync(kept, users[0], 1, Ct);
        await App.JoinedAsync(left, users[1], Ct);
        var joined = await App.CreateRoomOfAsync([users[0], users[1]], Ct);
        var (events, _) = await ReadToEndAsync(users[1], next, limit: 1);

        Assert.Equal([6], SequencesIn(left, events));
        Assert.Equal([4], SequencesIn(kept, events));
        Assert.Equal([2, 3], SequencesIn(joined, events));
        Assert.Equal(4, events.Count);
    }

    [Fact]
    public async Task A_room_that_is_joined_wakes_a_poll_and_so_does_what_happens_in_it()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var open = await App.CreateRoomOfAsync([users[0]], Ct);
        var asked = await App.CreateRoomOfAsync([users[0]], Ct, ""","admission":"approval" """);
        var end = (await App.ReadAllAsync(users[1], null, Ct)).GetProperty("next").GetString()!;

        var poll = await App.HoldAllAsync(users[1], end, Ct);
        await App.JoinedAsync(open, users[1], Ct);
        (end, var events) = await AnswerOfAsync(poll);
        Assert.Equal(["3 joined"], events);

        poll = await App.HoldAllAsync(users[1], end, Ct);
        using var waiting = await App.JoinAsync(asked, users[1], Ct);
        Assert.False(poll.IsCompleted);
        using var admitted = await App.AdmitAsync(asked, users[0], users[1], Ct);
        (end, events) = await AnswerOfAsync(poll);
        Assert.Equal(["4 joined"], events);

        poll = await App.HoldAllAsync(users[1], end, Ct);
        await App.PostedAsync(asked, users[0], 1, Ct);
        (end, events) = await AnswerOfAsync(poll);
        Assert.Equal(["5 message"], events);

        poll = await App.HoldAllAsync(users[1], end, Ct);
        await App.RemovedAsync(asked, users[0], users[1], Ct);
        await App.PostedAsync(open, users[0], 1, Ct);
        (_, events) = await AnswerOfAsync(poll);
        Assert.Equal(["4 message"], events);
    }

    [Fact]
    public async Task A_poll_of_a_user_without_rooms_ends_when_its_time_is_up()
    {
        var user = (await App.NewUsersAsync(1, Ct))[0];
        var poll = await App.HoldAllAsync(user, EventCursor.Start.ToString(), Ct);
        await App.Clock.TimerSetAsync(EventCalls.Wait, Ct);

        App.Clock.Advance(EventCalls.Wait);

        Assert.Empty((await AnswerOfAsync(poll)).Events);
    }

    [Fact]
    public async Task A_cursor_of_events_that_never_were_is_told_the_end_and_never_waits()
    {
        var user = (await App.NewUsersAsync(1, Ct))[0];
        var room = await App.CreateRoomOfAsync([user], Ct);

        using var answer = await App.PollAllAsync(user, $"?wait=60&after={new EventCursor(long.MaxValue, [])}", Ct);

        var json = await answer.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Empty(EventCalls.BriefOf(json));
        await App.PostedAsync(room, user, 1, Ct);
        Assert.Equal([3], EventCalls.SequencesOf(await App.ReadAllAsync(user, json.GetProperty("next").GetString(), Ct)));
    }

    [Fact]
    public async Task The_cursor_of_a_member_of_a_hundred_rooms_stays_short()
    {
        var user = (await App.NewUsersAsync(1, Ct))[0];
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => App.CreateRoomOfAsync([user], Ct)));

        var (events, next) = await ReadToEndAsync(user, null, limit: 7);

        Assert.Equal(200, events.Select(static entry => (entry.GetProperty("roomId").GetString(), entry.GetProperty("sequence").GetInt64())).Distinct().Count());
        Assert.Equal(200, events.Count);
        Assert.InRange(next.Length, 4, 40);
    }

    public sealed class OnSqlite() : PollingAllRoomsTests(DatabaseProvider.Sqlite)
    {
        [Fact]
        public async Task What_was_read_is_not_looked_at_again()
        {
            var explain = new Statement("EXPLAIN QUERY PLAN " + UserEvents.SelectEvents.Sql);
            var (number, user) = (SqlValue.Of(1L), SqlValue.Of(new byte[32]));

            var plan = await App.Services.GetRequiredService<Database>().QueryAsync(explain, [number, number, user, number], Ct);

            Assert.Contains(plan, static step => step.Text(3).EndsWith("(room_id=? AND number>?)", StringComparison.Ordinal));
        }
    }

    public sealed class OnPostgres() : PollingAllRoomsTests(DatabaseProvider.Postgres)
    {
        [Fact]
        public async Task An_event_that_commits_after_one_with_a_higher_number_is_not_passed_over()
        {
            var user = (await App.NewUsersAsync(1, Ct))[0];
            var slow = await App.CreateRoomOfAsync([user], Ct);
            var rooms = new List<string>();
            for (var i = 0; i < 70; i++)
            {
                rooms.Add(await App.CreateRoomOfAsync([user], Ct));
            }

            var (_, next) = await ReadToEndAsync(user, null, limit: 100);
            await using var writer = new NpgsqlConnection(App.ConnectionString);
            await writer.OpenAsync(Ct);
            await using var transaction = await writer.BeginTransactionAsync(Ct);
            await writer.AppendSilentlyAsync(slow, user, Ct);

            // More rooms than a cursor can name are ahead of it: it must stop and neither skip nor repeat.
            await Task.WhenAll(rooms.Select(room => App.PostedAsync(room, user, 1, Ct)));
            var (before, held) = await ReadToEndAsync(user, next, limit: 9);
            Assert.Equal(EventCursor.MaxAhead, before.Count);
            await transaction.CommitAsync(Ct);
            var (after, _) = await ReadToEndAsync(user, held, limit: 9);

            Assert.Equal([3], SequencesIn(slow, after));
            Assert.Equal(rooms.Count + 1, before.Concat(after).Select(static entry => entry.GetProperty("roomId").GetString()).Distinct().Count());
            Assert.Equal(rooms.Count + 1, before.Count + after.Count);
        }
    }

    private static List<long> SequencesIn(string room, IEnumerable<JsonElement> events) =>
    [
        .. events.Where(entry => entry.GetProperty("roomId").ValueEquals(room)).Select(static entry => entry.GetProperty("sequence").GetInt64()),
    ];

    private static async Task<(string Next, List<string> Events)> AnswerOfAsync(Task<HttpResponseMessage> poll)
    {
        using var answer = await poll;
        var json = await answer.IsAsync(HttpStatusCode.OK, Ct);
        return (json.GetProperty("next").GetString()!, EventCalls.BriefOf(json));
    }

    private async Task<(List<JsonElement> Events, string Next)> ReadToEndAsync(string user, string? after, int limit)
    {
        var all = new List<JsonElement>();
        while (true)
        {
            var page = await App.ReadAllAsync(user, after, Ct, limit);
            after = page.GetProperty("next").GetString()!;
            var events = page.GetProperty("events").EnumerateArray().ToList();
            if (events.Count == 0)
            {
                return (all, after);
            }

            Assert.InRange(events.Count, 1, limit);
            all.AddRange(events);
        }
    }
}
