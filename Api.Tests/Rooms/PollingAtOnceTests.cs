using System.Net;
using Repository.Api.Tests.Domain;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Rooms;

public abstract class PollingAtOnceTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private const int Posts = 50;

    [Fact]
    public async Task Twenty_pollers_that_come_and_go_see_each_of_fifty_posts_exactly_once_in_order()
    {
        var users = await App.NewUsersAsync(11, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);
        var ends = await Task.WhenAll(users[1..].Select(async user => (await App.ReadAllAsync(user, null, Ct)).GetProperty("next").GetString()!));
        var pollers = users[1..].SelectMany((user, i) => new[] { PollRoomAsync(room, user, i), PollAllAsync(user, i, ends[i]) }).ToList();

        var posted = await Task.WhenAll(Enumerable.Range(0, Posts).Select(_ => App.PostedAsync(room, users[0], 1, Ct)));

        var expected = Enumerable.Range(13, Posts).Select(static sequence => (long)sequence).ToList();
        Assert.Equal(expected, posted.Order());
        Assert.All(await Task.WhenAll(pollers), seen => Assert.Equal(expected, seen));
    }

    [Fact]
    public async Task A_hundred_waiters_of_one_room_are_answered_by_one_post()
    {
        var users = await App.NewUsersAsync(5, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);
        var polls = new List<Task<HttpResponseMessage>>();
        for (var i = 0; i < 100; i++)
        {
            polls.Add(await App.HoldAsync(room, users[i % 5], 6, Ct));
        }

        await App.PostedAsync(room, users[0], 1, Ct);

        foreach (var poll in polls)
        {
            using var answer = await poll;
            Assert.Equal(["7 message"], EventCalls.BriefOf(await answer.IsAsync(HttpStatusCode.OK, Ct)));
        }
    }

    public sealed class OnSqlite() : PollingAtOnceTests(DatabaseProvider.Sqlite)
    {
        [Fact]
        public async Task A_post_that_races_a_polls_registration_is_never_missed()
        {
            var users = await App.NewUsersAsync(2, Ct);
            var room = await App.CreateRoomOfAsync(users, Ct);
            using var reader = App.SessionOf(users[1]);
            for (var sequence = 4; sequence < 1004; sequence++)
            {
                var poll = reader.GetAsync($"/v1/rooms/{room}/events?after={sequence - 1}&wait=60", Ct);
                await App.PostedAsync(room, users[0], 1, Ct);

                using var answer = await poll;
                Assert.Equal([sequence], EventCalls.SequencesOf(await answer.IsAsync(HttpStatusCode.OK, Ct)));
            }
        }
    }

    public sealed class OnPostgres() : PollingAtOnceTests(DatabaseProvider.Postgres);

    private async Task<List<long>> PollRoomAsync(string room, string user, int seed)
    {
        using var reader = App.SessionOf(user);
        var seen = new List<long>();
        var (dice, next) = (new Dice((ulong)seed), 12L);
        while (seen.Count < Posts)
        {
            using var answer = await ReadAsync(reader, $"/v1/rooms/{room}/events?after={next}", dice);
            if (answer is not null)
            {
                var json = await answer.IsAsync(HttpStatusCode.OK, Ct);
                seen.AddRange(EventCalls.SequencesOf(json));
                next = json.GetProperty("next").GetInt64();
            }
        }

        return seen;
    }

    private async Task<List<long>> PollAllAsync(string user, int seed, string end)
    {
        using var reader = App.SessionOf(user);
        var seen = new List<long>();
        var (dice, next) = (new Dice((ulong)seed + 100), end);
        while (seen.Count < Posts)
        {
            using var answer = await ReadAsync(reader, $"{EventCalls.AllRooms}?after={next}", dice);
            if (answer is not null)
            {
                var json = await answer.IsAsync(HttpStatusCode.OK, Ct);
                seen.AddRange(EventCalls.SequencesOf(json));
                next = json.GetProperty("next").GetString()!;
            }
        }

        return seen;
    }

    /// <summary>Polls, long or short and for few or many events, and now and then goes away before the answer.</summary>
    private static async Task<HttpResponseMessage?> ReadAsync(HttpClient reader, string path, Dice dice)
    {
        var poll = reader.GetAsync($"{path}&limit={1 + dice.Next(5)}&wait={dice.Next(2) * 60}", Ct);
        if (dice.Next(3) == 0)
        {
            await Task.Yield();
            reader.CancelPendingRequests();
        }

        try
        {
            return await poll;
        }
        catch (OperationCanceledException) when (!Ct.IsCancellationRequested)
        {
            return null;
        }
    }
}
