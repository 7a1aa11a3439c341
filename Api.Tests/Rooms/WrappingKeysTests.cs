using System.Globalization;
using System.Net;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Storage;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Rooms;

public abstract class WrappingKeysTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    /// <summary>Takes statements of every size that keys are stored by.</summary>
    private const int Many = 1_041;

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

    private async Task GetsLongAsync(string room, string user)
    {
        using var answer = await App.KeyAsync(room, user, "1", Ct);
        Assert.Equal(RoomCalls.Bytes(512), (await answer.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("wrappedKey").GetString());
    }

    public sealed class OnSqlite() : WrappingKeysTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : WrappingKeysTests(DatabaseProvider.Postgres);
}
