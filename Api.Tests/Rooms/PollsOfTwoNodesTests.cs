using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Sessions;
using Repository.Infrastructure.Signals;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Rooms;

/// <summary>What happens at one node, and who waits at another.</summary>
public sealed class PollsOfTwoNodesTests() : DatabaseTests(DatabaseProvider.Postgres)
{
    private static readonly TimeSpan RereadInterval = TimeSpan.FromSeconds(5);

    protected override (string Name, string Value)[] Settings => [("Repository:Issuer", "https://trust.example")];

    [Fact]
    public async Task A_post_at_one_node_wakes_polls_and_streams_at_the_other()
    {
        await using var other = await StartListeningAsync();
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);
        var end = (await other.ReadAllAsync(users[1], null, Ct)).GetProperty("next").GetString()!;
        var poll = await other.HoldAsync(room, users[1], 3, Ct);
        var all = await other.HoldAllAsync(users[1], end, Ct);
        using var stream = await EventStream.ConnectAsync(other, TestSession.Prefix + users[1], $"{room}/stream", null, Ct);

        await App.PostedAsync(room, users[0], 1, Ct);

        Assert.Equal(["4 message"], await AnswerOfAsync(poll));
        Assert.Equal(["4 message"], await AnswerOfAsync(all));
        Assert.Equal("id: 4", (await stream.ReadAsync(Ct))[0]);
    }

    [Fact]
    public async Task Fifty_posts_at_both_nodes_reach_pollers_at_both_once_and_in_order()
    {
        await using var other = await StartListeningAsync();
        var users = await App.NewUsersAsync(3, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);
        var pollers = new[] { App, other }.SelectMany(node => users[1..].Select(user => PollAsync(node, user))).ToList();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? App : other).PostedAsync(room, users[0], 1, Ct)));

        Assert.All(await Task.WhenAll(pollers), seen => Assert.Equal(Enumerable.Range(5, 50).Select(static sequence => (long)sequence), seen));

        async Task<List<long>> PollAsync(RepositoryApp node, string user)
        {
            var (seen, next) = (new List<long>(), 4L);
            while (seen.Count < 50)
            {
                using var answer = await node.PollAsync(room, user, $"?after={next}&wait=60&limit=7", Ct);
                var json = await answer.IsAsync(HttpStatusCode.OK, Ct);
                seen.AddRange(EventCalls.SequencesOf(json));
                next = json.GetProperty("next").GetInt64();
            }

            return seen;
        }
    }

    [Fact]
    public async Task A_sign_out_and_a_removal_at_one_node_end_polls_at_the_other()
    {
        await using var other = await StartListeningAsync();
        var (user, session) = await App.OpenSessionAsync(Ct);
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomOfAsync([users[0], users[1], user.Guid], Ct);
        var removed = await other.HoldAsync(room, users[1], 4, Ct);
        var signedOut = await other.HoldAsync(other.As(session), $"/v1/rooms/{room}/events?after=4&wait=37", Ct);

        using var ended = await App.EndSessionAsync(session.SessionId, session, Ct);
        using var refused = await signedOut;
        await refused.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        await App.RemovedAsync(room, users[0], users[1], Ct);
        using var forbidden = await removed;
        await forbidden.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
    }

    [Fact]
    public async Task A_post_while_the_connection_for_signals_is_cut_arrives_at_the_next_read_and_the_connection_comes_back()
    {
        await using var other = await StartListeningAsync();
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);
        var poll = await other.HoldAsync(room, users[1], 3, Ct);
        await CutAsync(other);

        await App.PostedAsync(room, users[0], 1, Ct);
        App.Clock.Advance(RereadInterval);
        Assert.Equal(["4 message"], await AnswerOfAsync(poll));

        await EventCalls.UntilAsync(() => other.Services.GetRequiredService<PostgresSignalListener>().IsListening, Ct);
        var next = await other.HoldAsync(room, users[1], 4, Ct);
        await App.PostedAsync(room, users[0], 1, Ct);
        Assert.Equal(["5 message"], await AnswerOfAsync(next));
    }

    [Fact]
    public async Task An_event_of_which_no_signal_tells_is_found_when_rooms_are_read_again()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);
        var end = (await App.ReadAllAsync(users[1], null, Ct)).GetProperty("next").GetString()!;
        var poll = await App.HoldAsync(room, users[1], 3, Ct);
        var all = await App.HoldAllAsync(users[1], end, Ct);
        await using var writer = new NpgsqlConnection(App.ConnectionString);
        await writer.OpenAsync(Ct);
        await writer.AppendSilentlyAsync(room, users[0], Ct);

        App.Clock.Advance(RereadInterval);

        Assert.Equal(["4 requested"], await AnswerOfAsync(poll));
        Assert.Equal(["4 requested"], await AnswerOfAsync(all));
    }

    [Fact]
    public async Task A_signal_that_was_lost_with_the_connection_is_made_good_when_it_comes_back()
    {
        await using var other = await StartListeningAsync();
        var (user, session) = await App.OpenSessionAsync(Ct);
        var room = await App.CreateRoomOfAsync([user.Guid], Ct);
        var poll = await other.HoldAsync(other.As(session), $"/v1/rooms/{room}/events?after=2&wait=37", Ct);
        await CutAsync(other);
        using var ended = await App.EndSessionAsync(session.SessionId, session, Ct);

        App.Clock.Advance(TimeSpan.FromMilliseconds(100));

        using var refused = await poll;
        await refused.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
    }

    private static async Task<List<string>> AnswerOfAsync(Task<HttpResponseMessage> poll)
    {
        using var answer = await poll;
        return EventCalls.BriefOf(await answer.IsAsync(HttpStatusCode.OK, Ct));
    }

    private async Task<RepositoryApp> StartListeningAsync()
    {
        var other = await App.StartNodeAsync(Ct);
        foreach (var node in new[] { App, other })
        {
            await EventCalls.UntilAsync(() => node.Services.GetRequiredService<PostgresSignalListener>().IsListening, Ct);
        }

        return other;
    }

    /// <summary>Cuts every connection that listens. The clock stands still, so none is made again before it is moved.</summary>
    private async Task CutAsync(RepositoryApp other)
    {
        await using (var connection = new NpgsqlConnection(App.ConnectionString))
        {
            await connection.OpenAsync(Ct);
            await using var command = new NpgsqlCommand(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'",
                connection);
            Assert.Equal(2L, await command.ExecuteScalarAsync(Ct));
        }

        // Both pause before they connect again.
        await EventCalls.UntilAsync(() => !other.Services.GetRequiredService<PostgresSignalListener>().IsListening, Ct);
        await App.Clock.TimerSetAsync(TimeSpan.FromMilliseconds(100), Ct, count: 2);
    }
}
