using System.Net;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Resources;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Rooms;

public abstract class CreatingRoomsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task A_room_is_what_its_creator_says_and_its_creator_is_its_first_member()
    {
        var owner = await App.NewOwnerAsync(Ct);
        using var plain = await App.CallAsync(owner, HttpMethod.Post, "", """{"name":"Press"}""", Ct);
        using var full = await App.CallAsync(
            owner,
            HttpMethod.Post,
            "",
            """{"name":"Mill","info":"Grinds.","capacity":2,"admission":"invitation","historyLimit":7,"retentionSeconds":60}""",
            Ct,
            ("Idempotency-Key", "k"));
        using var again = await App.CallAsync(
            owner,
            HttpMethod.Post,
            "",
            """{"name":"Mill","info":"Grinds.","capacity":2,"admission":"invitation","historyLimit":7,"retentionSeconds":60}""",
            Ct,
            ("Idempotency-Key", "k"));

        var room = await plain.IsAsync(HttpStatusCode.Created, Ct);
        var id = room.GetProperty("roomId").GetString()!;
        Assert.Matches("^[0-9a-f]{32}$", id);
        Assert.Equal($"/v1/rooms/{id}", plain.HeaderOf("Location"));
        Assert.Equal(
            $$"""{"roomId":"{{id}}","name":"Press","info":null,"ownerGuid":"{{owner}}","capacity":256,"admission":"open","historyLimit":null,"retentionSeconds":null,"epoch":0,"rekeyRequired":true,"createdDate":"2026-11-21T19:19:00.0000000Z","lastSequence":1}""",
            room.GetRawText());
        Assert.Equal(room.GetRawText(), (await App.ShowRoomAsync(id, owner, Ct)).GetRawText());
        Assert.Equal([$"member {owner}"], await App.MembersAsync(id, owner, Ct));
        Assert.Equal([$"1 Joined {owner}"], await App.LogAsync(id, Ct));
        var other = await full.IsAsync(HttpStatusCode.Created, Ct);
        Assert.Equal(
            "\"Grinds.\" 2 \"invitation\" 7 60",
            string.Join(' ', ((string[])["info", "capacity", "admission", "historyLimit", "retentionSeconds"]).Select(name => other.GetProperty(name).GetRawText())));
        await again.AssertReplaysAsync(full, Ct);
        Assert.Equal(2, (await App.AuditedRoomsAsync(Ct)).Count(entry => entry.StartsWith($"{owner} room-created ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Rooms_are_listed_newest_first_and_those_by_invitation_to_whom_they_concern()
    {
        var users = await App.NewUsersAsync(3, Ct);
        var (owner, invited, stranger) = (users[0], users[1], users[2]);
        var open = await App.CreateRoomAsync(owner, Ct);
        var closed = await App.CreateRoomAsync(owner, Ct, ",\"admission\":\"invitation\"");
        var asked = await App.CreateRoomAsync(owner, Ct, ",\"admission\":\"approval\"");
        var deleted = await App.CreateRoomAsync(owner, Ct);
        var own = await App.CreateRoomAsync(stranger, Ct);
        using var gone = await App.CallAsync(owner, HttpMethod.Delete, $"/{deleted}", null, Ct);
        using var invitation = await App.AdmitAsync(closed, owner, invited, Ct);

        Assert.Equal([own, asked, closed, open], await ListAsync(owner, ""));
        Assert.Equal([own, asked, closed, open], await ListAsync(invited, ""));
        Assert.Equal([own, asked, open], await ListAsync(stranger, ""));
        Assert.Equal([asked, closed, open], await ListAsync(owner, "member=true"));
        Assert.Equal([own], await ListAsync(owner, "member=false"));
        Assert.Empty(await ListAsync(invited, "member=true"));
        Assert.Equal([asked, open], await ListAsync(stranger, "member=false"));
        Assert.Equal(closed, (await App.ShowRoomAsync(closed, stranger, Ct)).GetProperty("roomId").GetString());
    }

    [Fact]
    [Shows("room-full")]
    public async Task A_change_changes_what_it_names_and_tells_the_members_so()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);

        using var all = await App.CallAsync(
            users[0],
            HttpMethod.Patch,
            $"/{room}",
            """{"name":"Möwe & \"Co\"","info":"","capacity":2,"admission":"approval","historyLimit":9,"retentionSeconds":90}""",
            Ct);
        using var same = await App.CallAsync(users[0], HttpMethod.Patch, $"/{room}", """{"capacity":2,"admission":"approval","info":null}""", Ct);
        using var below = await App.CallAsync(users[0], HttpMethod.Patch, $"/{room}", """{"name":"Other","capacity":1}""", Ct);
        using var one = await App.CallAsync(users[0], HttpMethod.Patch, $"/{room}", """{"capacity":3,"name":"Möwe & \"Co\""}""", Ct);

        Assert.Equal("Möwe & \"Co\"", (await all.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("name").GetString());
        Assert.Equal(4, (await same.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("lastSequence").GetInt64());
        await below.RefusedAsync(HttpStatusCode.Conflict, "room-full", Ct);
        Assert.Equal(5, (await one.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("lastSequence").GetInt64());
        Assert.Equal(
            [
                """4 Updated {"name":"Möwe & \"Co\"","info":"","capacity":2,"admission":"approval","historyLimit":9,"retentionSeconds":90}""",
                """5 Updated {"capacity":3}""",
            ],
            (await App.LogAsync(room, Ct))[3..]);
        Assert.Equal(2, (await App.AuditedRoomsAsync(Ct)).Count(entry => string.Equals(entry, $"{users[0]} room-updated {room}", StringComparison.Ordinal)));
    }

    [Fact]
    [Shows("room-unknown")]
    public async Task A_deleted_room_is_unknown_at_once_and_then_its_rows_are_gone()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);
        await App.PostedAsync(room, users[1], 1, Ct, "one");

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => App.CallAsync(users[0], HttpMethod.Delete, $"/{room}", null, Ct)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.NotFound));
        foreach (var call in RoomRightsTests.CallsOn(room, users[1]))
        {
            using var refused = await App.CallAsync(users[0], call.Method, call.Path, call.Json, Ct);
            await refused.RefusedAsync(HttpStatusCode.NotFound, "room-unknown", Ct);
        }

        await App.SweepRoomsAsync(Ct);
        foreach (var table in (string[])["rooms", "room_members", "room_events", "room_keys", "room_client_messages"])
        {
            Assert.Equal(0, await RoomRows.CountAsync(App, table, Ct));
        }

        Assert.Single(await App.AuditedRoomsAsync(Ct), entry => entry.EndsWith($" room-deleted {room}", StringComparison.Ordinal));
    }

    private async Task<List<string>> ListAsync(string user, string filter)
    {
        using var session = App.SessionOf(user);
        var rooms = new List<string>();
        for (string? next = ""; next is not null;)
        {
            using var answer = await session.GetAsync($"{RoomCalls.Path}?limit=2&{filter}{next}", Ct);
            var page = await answer.IsAsync(HttpStatusCode.OK, Ct);
            rooms.AddRange(page.GetProperty("items").EnumerateArray().Select(room => room.GetProperty("roomId").GetString()!));
            next = page.GetProperty("next").GetString() is { } after ? $"&after={after}" : null;
        }

        return rooms;
    }

    public sealed class OnSqlite() : CreatingRoomsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : CreatingRoomsTests(DatabaseProvider.Postgres);
}
