using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Users;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Rooms;

public abstract class JoiningRoomsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task Twenty_who_join_at_once_leave_five_in_a_room_for_five()
    {
        var users = await App.NewUsersAsync(21, Ct);
        var room = await App.CreateRoomAsync(users[0], Ct, ",\"capacity\":5");

        var answers = await Task.WhenAll(users[1..].Select(user => App.JoinAsync(room, user, Ct)));

        Assert.Equal(4, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            await refused.RefusedAsync(HttpStatusCode.Conflict, "room-full", Ct);
        }

        Assert.Equal(5, (await App.MembersAsync(room, users[0], Ct)).Count);
        Assert.Equal(5, (await App.LogAsync(room, Ct)).Count);
    }

    [Fact]
    public async Task Of_sixteen_joins_of_one_user_at_once_one_is_a_joining()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomAsync(users[0], Ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => App.JoinAsync(room, users[1], Ct)));

        var created = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal($"/v1/rooms/{room}/members/{users[1]}", created.HeaderOf("Location"));
        foreach (var answer in answers)
        {
            Assert.Equal($$"""{"userGuid":"{{users[1]}}","state":"member"}""", await answer.Content.ReadAsStringAsync(Ct));
        }

        Assert.Equal([$"1 Joined {users[0]}", $"2 Joined {users[1]}"], await App.LogAsync(room, Ct));
    }

    [Fact]
    [Shows("room-full")]
    public async Task In_a_room_by_approval_who_asks_waits_for_the_owner()
    {
        var users = await App.NewUsersAsync(3, Ct);
        var (owner, one, other) = (users[0], users[1], users[2]);
        var room = await App.CreateRoomAsync(owner, Ct, ",\"admission\":\"approval\",\"capacity\":2");

        await AnswersAsync(App.JoinAsync(room, one, Ct), HttpStatusCode.Created, "pending");
        await AnswersAsync(App.JoinAsync(room, one, Ct), HttpStatusCode.OK, "pending");
        await AnswersAsync(App.JoinAsync(room, other, Ct), HttpStatusCode.Created, "pending");
        Assert.Equal([$"member {owner}", $"pending {one}", $"pending {other}"], await App.MembersAsync(room, owner, Ct));
        await AnswersAsync(App.AdmitAsync(room, owner, other, Ct), HttpStatusCode.OK, "member");
        await AnswersAsync(App.AdmitAsync(room, owner, other, Ct), HttpStatusCode.OK, "member");
        using var full = await App.AdmitAsync(room, owner, one, Ct);
        await full.RefusedAsync(HttpStatusCode.Conflict, "room-full", Ct);
        await App.RemovedAsync(room, owner, one, Ct);

        Assert.Equal([$"member {owner}", $"member {other}"], await App.MembersAsync(room, other, Ct));
        Assert.Equal(
            [$"1 Joined {owner}", $"2 Requested {one}", $"3 Requested {other}", $"4 Joined {other}"],
            await App.LogAsync(room, Ct));
        Assert.Equal(
            [
                $"{owner} room-created {room}", $"{one} room-requested {room}", $"{other} room-requested {room}",
                $"{owner} room-admitted {room}", $"{owner} room-turned-away {room}",
            ],
            await App.AuditedRoomsAsync(Ct));
    }

    [Fact]
    [Shows("invitation-required")]
    [Shows("user-unknown")]
    public async Task A_room_by_invitation_takes_whom_its_owner_invited()
    {
        var users = await App.NewUsersAsync(4, Ct);
        var (owner, one, other, third) = (users[0], users[1], users[2], users[3]);
        var room = await App.CreateRoomAsync(owner, Ct, ",\"admission\":\"invitation\",\"capacity\":2");

        using var uninvited = await App.JoinAsync(room, one, Ct);
        await uninvited.RefusedAsync(HttpStatusCode.Forbidden, "invitation-required", Ct);
        using var unknown = await App.AdmitAsync(room, owner, new string('0', 64), Ct);
        await unknown.RefusedAsync(HttpStatusCode.NotFound, "user-unknown", Ct);
        foreach (var user in (string[])[one, other, third, one])
        {
            await AnswersAsync(App.AdmitAsync(room, owner, user, Ct), HttpStatusCode.OK, "invited");
        }

        await App.RemovedAsync(room, third, third, Ct);
        await AnswersAsync(App.JoinAsync(room, other, Ct), HttpStatusCode.Created, "member");
        using var full = await App.JoinAsync(room, one, Ct);
        await full.RefusedAsync(HttpStatusCode.Conflict, "room-full", Ct);
        using var withdrawn = await App.JoinAsync(room, third, Ct);
        await withdrawn.RefusedAsync(HttpStatusCode.Forbidden, "invitation-required", Ct);

        Assert.Equal([$"member {owner}", $"invited {one}", $"member {other}"], await App.MembersAsync(room, other, Ct));
        Assert.Equal([$"1 Joined {owner}", $"2 Joined {other}"], await App.LogAsync(room, Ct));
        Assert.False((await App.ShowRoomAsync(room, owner, Ct)).GetProperty("epoch").GetInt64() > 0);
    }

    [Fact]
    public async Task An_invited_user_enters_whatever_the_admission_is_and_a_pending_one_once_the_room_is_open()
    {
        var users = await App.NewUsersAsync(3, Ct);
        var room = await App.CreateRoomAsync(users[0], Ct, ",\"admission\":\"approval\"");
        await AnswersAsync(App.AdmitAsync(room, users[0], users[1], Ct), HttpStatusCode.OK, "invited");
        await AnswersAsync(App.JoinAsync(room, users[1], Ct), HttpStatusCode.Created, "member");
        await AnswersAsync(App.JoinAsync(room, users[2], Ct), HttpStatusCode.Created, "pending");
        using var opened = await App.CallAsync(users[0], HttpMethod.Patch, $"/{room}", """{"admission":"open"}""", Ct);

        await AnswersAsync(App.JoinAsync(room, users[2], Ct), HttpStatusCode.Created, "member");
    }

    [Fact]
    public async Task Who_leaves_and_who_is_removed_leave_a_room_that_needs_a_new_key()
    {
        var users = await App.NewUsersAsync(4, Ct);
        var room = await App.CreateRoomOfAsync(users[..3], Ct);
        using var invitation = await App.AdmitAsync(room, users[0], users[3], Ct);
        await App.RemovedAsync(room, users[0], users[3], Ct);
        Assert.False((await App.ShowRoomAsync(room, users[0], Ct)).GetProperty("rekeyRequired").GetBoolean());

        await App.RemovedAsync(room, users[1], users[1], Ct);
        Assert.True((await App.ShowRoomAsync(room, users[0], Ct)).GetProperty("rekeyRequired").GetBoolean());
        await App.RenewedAsync(room, 2, Ct, users[0], users[2]);
        await App.RemovedAsync(room, users[0], users[2], Ct);
        Assert.True((await App.ShowRoomAsync(room, users[0], Ct)).GetProperty("rekeyRequired").GetBoolean());
        await App.RemovedAsync(room, users[0], users[2], Ct);
        await App.RemovedAsync(room, users[2], users[2], Ct);

        Assert.Equal([$"5 Left {users[1]}", "6 Epoch 2", $"7 Removed {users[2]} by {users[0]}"], (await App.LogAsync(room, Ct))[4..]);
        Assert.Equal(
            [
                $"{users[0]} room-invited {room}", $"{users[0]} room-turned-away {room}", $"{users[1]} room-left {room}",
                $"{users[0]} room-rekeyed {room}", $"{users[0]} room-removed {room}",
            ],
            (await App.AuditedRoomsAsync(Ct))[4..]);
    }

    [Fact]
    public async Task When_its_owner_leaves_a_room_passes_to_the_member_of_the_longest_time_and_ends_with_the_last()
    {
        var users = await App.NewUsersAsync(4, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);
        await App.RemovedAsync(room, users[1], users[1], Ct);
        await App.JoinedAsync(room, users[1], Ct); // It is the last now.
        using var disabled = await App.PatchUserAsync(users[2], 0, Ct);

        await App.RemovedAsync(room, users[0], users[0], Ct);
        Assert.Equal(users[3], (await App.ShowRoomAsync(room, users[0], Ct)).GetProperty("ownerGuid").GetString());
        using var refused = await App.AdmitAsync(room, users[0], users[0], Ct);
        await refused.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        await App.RemovedAsync(room, users[3], users[3], Ct);
        await App.RemovedAsync(room, users[1], users[1], Ct);
        Assert.Equal(users[2], (await App.ShowRoomAsync(room, users[0], Ct)).GetProperty("ownerGuid").GetString());
        await App.RemovedAsync(room, users[2], users[2], Ct);

        using var ended = await App.CallAsync(users[2], HttpMethod.Get, $"/{room}", null, Ct);
        await ended.RefusedAsync(HttpStatusCode.NotFound, "room-unknown", Ct);
        Assert.Equal($"{users[2]} room-deleted {room}", (await App.AuditedRoomsAsync(Ct))[^1]);
    }

    [Fact]
    public async Task When_all_leave_at_once_the_room_always_has_an_owner_among_its_members_until_it_ends()
    {
        var users = await App.NewUsersAsync(9, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);

        var answers = await Task.WhenAll(users[..8].Select(user => App.RemoveAsync(room, user, user, Ct)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode));
        Assert.Equal([$"member {users[8]}"], await App.MembersAsync(room, users[8], Ct));
        Assert.Equal(users[8], (await App.ShowRoomAsync(room, users[8], Ct)).GetProperty("ownerGuid").GetString());
        var log = await App.LogAsync(room, Ct);
        Assert.Equal(Enumerable.Range(1, log.Count), log.Select(entry => int.Parse(entry.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(8, log.Count(entry => entry.Contains(" Left ", StringComparison.Ordinal)));
        Assert.Contains(log, entry => entry.EndsWith($$""" Updated {"ownerGuid":"{{users[8]}}"}""", StringComparison.Ordinal));
    }

    private static async Task AnswersAsync(Task<HttpResponseMessage> call, HttpStatusCode status, string state)
    {
        using var answer = await call;
        Assert.Equal(state, (await answer.IsAsync(status, Ct)).GetProperty("state").GetString());
    }

    public sealed class OnSqlite() : JoiningRoomsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : JoiningRoomsTests(DatabaseProvider.Postgres);
}
