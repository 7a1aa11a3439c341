using System.Net;
using System.Text.Json;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Rooms;

public abstract class RenewingKeysTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    [Shows("epoch-unknown")]
    public async Task Each_member_gets_the_key_that_was_wrapped_for_it()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomAsync(users[0], Ct);
        await App.JoinedAsync(room, users[1], Ct);
        using var none = await App.KeyAsync(room, users[0], "current", Ct);
        await none.RefusedAsync(HttpStatusCode.NotFound, "epoch-unknown", Ct);

        using var renewed = await App.RenewAsync(room, 1, Ct, users);
        Assert.Equal("""{"epoch":1}""", (await renewed.IsAsync(HttpStatusCode.Created, Ct)).GetRawText());
        Assert.Equal($"/v1/rooms/{room}/epochs/1/key", renewed.HeaderOf("Location"));
        Assert.Equal("1 False", await StateAsync(room, users[0]));
        await App.RenewedAsync(room, 2, Ct, users);

        foreach (var user in users)
        {
            await GetsAsync(room, user, "current", 2);
            await GetsAsync(room, user, "2", 2);
            await GetsAsync(room, user, "1", 1);
            foreach (var epoch in (string[])["0", "3", "9223372036854775807"])
            {
                await GetsNothingAsync(room, user, epoch);
            }
        }

        Assert.Equal(["3 Epoch 1", "4 Epoch 2"], (await App.LogAsync(room, Ct))[2..]);
    }

    [Fact]
    [Shows("epoch-conflict")]
    public async Task Of_sixteen_renewals_at_once_exactly_one_begins_the_epoch()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => App.RenewAsync(room, 2, Ct, users)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            await refused.RefusedAsync(HttpStatusCode.Conflict, "epoch-conflict", Ct);
        }

        foreach (var epoch in (long[])[2, 1, 0, -1, 4, long.MaxValue, long.MinValue])
        {
            using var refused = await App.RenewAsync(room, epoch, Ct, users[0]);
            await refused.RefusedAsync(HttpStatusCode.Conflict, "epoch-conflict", Ct);
        }

        Assert.Equal("4 Epoch 2", (await App.LogAsync(room, Ct))[^1]);
        Assert.Equal(2, (await App.AuditedRoomsAsync(Ct)).Count(entry => entry.Contains(" room-rekeyed ", StringComparison.Ordinal)));
    }

    [Fact]
    [Shows("members-mismatch")]
    public async Task Keys_for_other_than_exactly_the_present_members_are_refused_with_names()
    {
        var users = await App.NewUsersAsync(6, Ct);
        var (owner, one, other) = (users[0], users[1], users[2]);
        var room = await App.CreateRoomOfAsync([owner, one, other], Ct);
        using var closed = await App.CallAsync(owner, HttpMethod.Patch, $"/{room}", """{"admission":"approval"}""", Ct);
        using var pending = await App.JoinAsync(room, users[3], Ct);
        using var invited = await App.AdmitAsync(room, owner, users[4], Ct);

        await MismatchAsync(room, [owner, one], [other], []);
        await MismatchAsync(room, [owner, one, other, users[3], users[4], users[5]], [], [users[3], users[4], users[5]]);
        await MismatchAsync(room, [owner, users[5]], [one, other], [users[5]]);
        using var empty = await App.CallAsync(owner, HttpMethod.Post, $"/{room}/epochs", """{"epoch":2,"wrappedKeys":{}}""", Ct);
        await empty.RefusedAsync((HttpStatusCode)422, "members-mismatch", Ct);

        Assert.Equal("1 False", await StateAsync(room, owner));
    }

    [Fact]
    public async Task A_newcomer_gets_no_earlier_key_and_who_was_removed_none_at_all_until_it_is_back_for_an_epoch()
    {
        var users = await App.NewUsersAsync(3, Ct);
        var (owner, gone, late) = (users[0], users[1], users[2]);
        var room = await App.CreateRoomOfAsync([owner, gone], Ct);
        await App.JoinedAsync(room, late, Ct);
        await GetsNothingAsync(room, late, "1");
        await GetsNothingAsync(room, late, "current");
        await App.RenewedAsync(room, 2, Ct, owner, gone, late);
        await GetsNothingAsync(room, late, "1");
        await GetsAsync(room, late, "current", 2);

        await App.RemovedAsync(room, owner, gone, Ct);
        await App.RenewedAsync(room, 3, Ct, owner, late);
        foreach (var epoch in (string[])["1", "2", "3", "current"])
        {
            using var refused = await App.KeyAsync(room, gone, epoch, Ct);
            await refused.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        }

        await App.JoinedAsync(room, gone, Ct);
        foreach (var epoch in (string[])["1", "2", "3", "current"])
        {
            await GetsNothingAsync(room, gone, epoch);
        }

        await App.RenewedAsync(room, 4, Ct, owner, late, gone);
        await GetsAsync(room, gone, "current", 4);
        await GetsNothingAsync(room, gone, "2");
    }

    [Fact]
    public async Task Members_who_come_and_go_meanwhile_make_a_renewal_right_or_refused_and_never_wrong()
    {
        var users = await App.NewUsersAsync(3, Ct);
        var room = await App.CreateRoomOfAsync(users[..2], Ct);
        var epoch = 1;
        for (var round = 0; round < 20; round++)
        {
            var isIn = round % 2 == 1;
            var change = isIn ? App.RemoveAsync(room, users[2], users[2], Ct) : App.JoinAsync(room, users[2], Ct);
            var renewal = App.RenewAsync(room, epoch + 1, Ct, isIn ? users : users[..2]);
            var answers = await Task.WhenAll(change, renewal);
            Assert.True(answers[0].IsSuccessStatusCode);
            if (answers[1].StatusCode == HttpStatusCode.Created)
            {
                epoch++;
            }
            else
            {
                await answers[1].RefusedAsync((HttpStatusCode)422, "members-mismatch", Ct);
            }

            // Whoever left without a renewal after it leaves a room that needs one.
            var log = await App.LogAsync(room, Ct);
            var isOpen = log.FindLastIndex(static entry => entry.Contains(" Left ", StringComparison.Ordinal))
                > log.FindLastIndex(static entry => entry.Contains(" Epoch ", StringComparison.Ordinal));
            Assert.Equal(isOpen, (await App.ShowRoomAsync(room, users[0], Ct)).GetProperty("rekeyRequired").GetBoolean());
        }
    }

    private async Task MismatchAsync(string room, string[] users, string[] missing, string[] extra)
    {
        using var refused = await App.RenewAsync(room, 2, Ct, users);
        var problem = await refused.RefusedAsync((HttpStatusCode)422, "members-mismatch", Ct);
        Assert.Equal(missing.Order(StringComparer.Ordinal), TextsOf(problem, "missing"));
        Assert.Equal(extra.Order(StringComparer.Ordinal), TextsOf(problem, "extra"));
    }

    private static IEnumerable<string?> TextsOf(JsonElement problem, string member) =>
        problem.GetProperty(member).EnumerateArray().Select(static text => text.GetString());

    private async Task GetsAsync(string room, string user, string name, long epoch)
    {
        using var answer = await App.KeyAsync(room, user, name, Ct);
        Assert.Equal($$"""{"epoch":{{epoch}},"wrappedKey":"{{RoomCalls.KeyOf(user, epoch)}}"}""", (await answer.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
    }

    private async Task GetsNothingAsync(string room, string user, string epoch)
    {
        using var answer = await App.KeyAsync(room, user, epoch, Ct);
        await answer.RefusedAsync(HttpStatusCode.NotFound, "epoch-unknown", Ct);
    }

    private async Task<string> StateAsync(string room, string user)
    {
        var shown = await App.ShowRoomAsync(room, user, Ct);
        return $"{shown.GetProperty("epoch").GetInt64()} {shown.GetProperty("rekeyRequired").GetBoolean()}";
    }

    public sealed class OnSqlite() : RenewingKeysTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : RenewingKeysTests(DatabaseProvider.Postgres);
}
