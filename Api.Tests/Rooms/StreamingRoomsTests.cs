using System.Net;
using System.Text.Json;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Sessions;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Rooms;

public abstract class StreamingRoomsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private static readonly TimeSpan CommentInterval = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task It_begins_at_the_end_and_has_each_event_in_three_lines()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);
        using var stream = await OpenAsync(users[1], $"{room}/stream");

        await App.PostedAsync(room, users[0], 1, Ct);
        await App.PostedAsync(room, users[0], 1, Ct, "second");

        await AssertEventAsync(stream, 4, "message", room);
        var second = await AssertEventAsync(stream, 5, "message", room);
        Assert.Equal("second", second.GetProperty("clientMessageId").GetString());
        var polled = (await App.ReadEventsAsync(room, users[1], Ct, after: 4)).GetProperty("events")[0];
        Assert.Equal(polled.GetRawText(), second.GetRawText());
    }

    [Fact]
    public async Task It_begins_after_the_sequence_that_the_client_has_had_and_the_header_counts_before_the_query()
    {
        var user = (await App.NewUsersAsync(1, Ct))[0];
        var room = await App.CreateRoomOfAsync([user], Ct);
        for (var i = 0; i < 40; i++)
        {
            await App.PostedAsync(room, user, 1, Ct);
        }

        using var asked = await OpenAsync(user, $"{room}/stream?after=0");
        using var again = await OpenAsync(user, $"{room}/stream?after=0", "41");
        using var beyond = await OpenAsync(user, $"{room}/stream", "4711");
        for (var sequence = 1; sequence <= 42; sequence++)
        {
            await AssertEventAsync(asked, sequence, sequence switch { 1 => "joined", 2 => "epoch", _ => "message" }, room);
        }

        await AssertEventAsync(again, 42, "message", room);
        await App.PostedAsync(room, user, 1, Ct);
        foreach (var stream in new[] { asked, again, beyond })
        {
            await AssertEventAsync(stream, 43, "message", room);
        }
    }

    [Fact]
    public async Task A_comment_comes_every_fifteen_seconds()
    {
        var user = (await App.NewUsersAsync(1, Ct))[0];
        var room = await App.CreateRoomOfAsync([user], Ct);
        using var stream = await OpenAsync(user, $"{room}/stream");

        for (var i = 0; i < 3; i++)
        {
            await App.Clock.TimerSetAsync(CommentInterval, Ct);
            App.Clock.Advance(CommentInterval);
            Assert.Equal([": "], await stream.ReadAsync(Ct));
        }

        await App.PostedAsync(room, user, 1, Ct);
        await AssertEventAsync(stream, 3, "message", room);
    }

    [Fact]
    public async Task Each_event_comes_once_and_in_order_however_many_are_posted_at_once()
    {
        const int Posters = 16;
        const int Posts = 25;
        var users = await App.NewUsersAsync(8, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);
        var reading = users.Select(ReadAsync).ToList();
        var posting = Enumerable.Range(0, Posters).Select(PostAsync);

        await Task.WhenAll([.. posting, .. reading]);

        async Task ReadAsync(string user, int place)
        {
            using var stream = await OpenAsync(user, $"{room}/stream?after={place + 1}"); // Its own joining is the first that it may read.
            for (var sequence = place + 2; sequence <= users.Length + 1 + (Posters * Posts); sequence++)
            {
                Assert.Equal($"id: {sequence}", (await stream.ReadAsync(Ct))[0]);
            }
        }

        async Task PostAsync(int poster)
        {
            for (var i = 0; i < Posts; i++)
            {
                await App.PostedAsync(room, users[poster % users.Length], 1, Ct);
            }
        }
    }

    [Fact]
    public async Task It_closes_when_the_caller_is_removed_and_when_the_room_is_deleted()
    {
        var users = await App.NewUsersAsync(3, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);
        using var removed = await OpenAsync(users[1], $"{room}/stream");
        using var staying = await OpenAsync(users[2], $"{room}/stream");

        await App.RemovedAsync(room, users[0], users[1], Ct);
        Assert.Empty(await removed.ReadAsync(Ct));
        await AssertEventAsync(staying, 5, "removed", room);

        using var deleted = await App.CallAsync(users[0], HttpMethod.Delete, $"/{room}", null, Ct);
        Assert.Empty(await staying.ReadAsync(Ct));
        await EventCalls.UntilAsync(() => App.HeldPolls == 0, Ct);
    }

    [Fact]
    public async Task It_closes_with_its_session()
    {
        var (user, session) = await App.OpenSessionAsync(Ct);
        var room = await App.CreateRoomOfAsync([user.Guid], Ct);
        using var stream = await EventStream.ConnectAsync(App, session.Token, $"{room}/stream", null, Ct);

        using var ended = await App.EndSessionAsync(session.SessionId, session, Ct);

        Assert.Empty(await stream.ReadAsync(Ct));
    }

    [Fact]
    public async Task It_closes_when_its_session_expires()
    {
        var (user, session) = await App.OpenSessionAsync(Ct);
        var room = await App.CreateRoomOfAsync([user.Guid], Ct);
        App.Clock.Advance(session.ExpiresDate - App.Clock.GetUtcNow() - TimeSpan.FromSeconds(20));
        using var stream = await EventStream.ConnectAsync(App, session.Token, $"{room}/stream", null, Ct);

        await App.Clock.TimerSetAsync(CommentInterval, Ct);
        App.Clock.Advance(CommentInterval);
        Assert.Equal([": "], await stream.ReadAsync(Ct));
        await App.Clock.TimerSetAsync(TimeSpan.FromSeconds(5), Ct);
        App.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty(await stream.ReadAsync(Ct));
    }

    [Fact]
    public async Task A_client_that_does_not_read_keeps_neither_the_room_nor_the_server_up()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);
        using var stream = await OpenAsync(users[1], $"{room}/stream");
        var message = $$"""{"epoch":1,"ciphertext":"{{RoomCalls.Bytes(65_536)}}"}""";

        for (var i = 0; i < 100; i++)
        {
            using var posted = await App.PostAsync(room, users[0], message, Ct);
            Assert.Equal(HttpStatusCode.Created, posted.StatusCode);
        }

        Assert.Equal(1, App.HeldPolls);
        await App.StopAsync(Ct);
    }

    public sealed class OnSqlite() : StreamingRoomsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : StreamingRoomsTests(DatabaseProvider.Postgres);

    private Task<EventStream> OpenAsync(string user, string path, string? lastEventId = null) =>
        EventStream.ConnectAsync(App, TestSession.Prefix + user, path, lastEventId, Ct);

    private static async Task<JsonElement> AssertEventAsync(EventStream stream, long sequence, string type, string room)
    {
        var lines = await stream.ReadAsync(Ct);
        Assert.Equal(3, lines.Count);
        Assert.Equal($"id: {sequence}", lines[0]);
        Assert.Equal($"event: {type}", lines[1]);
        Assert.StartsWith("data: {", lines[2], StringComparison.Ordinal);
        var json = JsonElement.Parse(lines[2]["data: ".Length..]);
        Assert.Equal(sequence, json.GetProperty("sequence").GetInt64());
        Assert.Equal(type, json.GetProperty("type").GetString());
        Assert.Equal(room, json.GetProperty("roomId").GetString());
        return json;
    }
}
