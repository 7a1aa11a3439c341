using System.Globalization;
using System.Net;
using System.Text.Json;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Storage;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Rooms;

public abstract class RenewingKeysTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    /// <summary>Takes statements of every size that keys are stored by.</summary>
    private const int Many = 1_041;

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

    [Fact]
    public async Task Wrapped_keys_are_strict_base64_of_1_to_512_bytes()
    {
        var users = await App.NewUsersAsync(1, Ct);
        var room = await App.CreateRoomAsync(users[0], Ct);
        foreach (var key in (string[])["", "AA", "A===", "AB==", "AAA B", "AA-_", "AA==\\n", RoomCalls.Bytes(513), RoomCalls.Bytes(3000)])
        {
            using var refused = await SendAsync(room, users[0], $$$"""{"epoch":1,"wrappedKeys":{"{{{users[0]}}}":"{{{key}}}"}}""");
            await refused.InvalidAsync(Ct, "wrappedKeys");
        }

        foreach (var keys in (string[])["[]", "\"\"", "{\"x\":\"AA==\"}", $$"""{"{{users[0]}}":7}""", $$"""{"{{users[0]}}":"AA==","{{users[0]}}":"AA=="}""", $$"""{"{{users[0].ToUpperInvariant()}}x":"AA=="}"""])
        {
            using var refused = await SendAsync(room, users[0], $$$"""{"epoch":1,"wrappedKeys":{{{keys}}}}""");
            await refused.InvalidAsync(Ct, "wrappedKeys");
        }

        using var longest = await SendAsync(room, users[0], $$$"""{"epoch":1,"wrappedKeys":{"{{{users[0]}}}":"{{{RoomCalls.Bytes(512)}}}"}}""");
        await longest.IsAsync(HttpStatusCode.Created, Ct);
        using var escaped = await SendAsync(room, users[0], $$$"""{"epoch":2,"wrappedKeys":{"{{{users[0]}}}":"\u0041A=="}}""");
        await escaped.IsAsync(HttpStatusCode.Created, Ct);
        using var key2 = await App.KeyAsync(room, users[0], "current", Ct);
        Assert.Equal("""{"epoch":2,"wrappedKey":"AA=="}""", (await key2.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
    }

    [Fact]
    [Shows("body-too-large")]
    public async Task A_room_of_many_is_renewed_in_one_body_of_up_to_4_MiB()
    {
        var users = await App.NewUsersAsync(1, Ct);
        var room = await App.CreateRoomAsync(users[0], Ct, ",\"capacity\":10000");
        var crowd = Enumerable.Range(1, Many).Select(static i => i.ToString("x32", CultureInfo.InvariantCulture)).ToArray();
        await App.ExecuteSqlAsync(
            Provider == DatabaseProvider.Sqlite
                ? "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < @p1) INSERT INTO room_members (room_id, user_guid, state, place) SELECT @p0, unhex(printf('%032x', i)), 1, i + 1 FROM n"
                : "INSERT INTO room_members (room_id, user_guid, state, place) SELECT @p0, decode(lpad(to_hex(i), 32, '0'), 'hex'), 1, i + 1 FROM generate_series(1, @p1) i",
            Ct,
            Convert.FromHexString(room),
            Many);
        var wrapped = string.Join(',', crowd.Append(users[0]).Select(user => $"\"{user}\":\"{RoomCalls.Bytes(512)}\""));
        var body = $$$"""{"epoch":1,"wrappedKeys":{{{{wrapped}}}}}""";

        using var tooLarge = await RawHttp.SendAsync(
            App,
            $"POST {RoomCalls.Path}/{room}/epochs",
            [$"Authorization: Bearer {TestSession.Prefix}{users[0]}", "Content-Type: application/json", $"Content-Length: {(4 << 20) + 1}"],
            [],
            Ct);
        await tooLarge.RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large", Ct);
        using var without = await SendAsync(room, users[0], $$$"""{"epoch":1,"wrappedKeys":{}}""");
        var named = (await without.RefusedAsync((HttpStatusCode)422, "members-mismatch", Ct)).GetProperty("missing").EnumerateArray().ToList();
        Assert.Equal(crowd[..100], named.Select(static user => user.GetString()));
        using var renewed = await SendAsync(room, users[0], body + new string(' ', (4 << 20) - body.Length));
        await renewed.IsAsync(HttpStatusCode.Created, Ct);

        Assert.Equal(Many + 1, await RoomRows.CountAsync(App, "room_keys", Ct));
        await GetsLongAsync(room, crowd[0]);
        await GetsLongAsync(room, crowd[^1]);
        await GetsLongAsync(room, users[0]);
    }

    [Fact]
    public async Task A_repeated_renewal_with_an_idempotency_key_gets_the_first_answer()
    {
        var users = await App.NewUsersAsync(1, Ct);
        var room = await App.CreateRoomAsync(users[0], Ct);
        var body = RoomCalls.Renewal(1, users);

        using var first = await App.CallAsync(users[0], HttpMethod.Post, $"/{room}/epochs", body, Ct, ("Idempotency-Key", "k"));
        using var again = await App.CallAsync(users[0], HttpMethod.Post, $"/{room}/epochs", body, Ct, ("Idempotency-Key", "k"));

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        await again.AssertReplaysAsync(first, Ct);
    }

    private Task<HttpResponseMessage> SendAsync(string room, string owner, string json) =>
        App.CallAsync(owner, HttpMethod.Post, $"/{room}/epochs", json, Ct);

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

    private async Task GetsLongAsync(string room, string user)
    {
        using var answer = await App.KeyAsync(room, user, "1", Ct);
        Assert.Equal(RoomCalls.Bytes(512), (await answer.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("wrappedKey").GetString());
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
