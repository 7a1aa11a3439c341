using System.Net;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Rooms;

public abstract class PostingMessagesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    [Shows("epoch-stale")]
    [Shows("rekey-required")]
    public async Task A_message_is_taken_under_the_present_epoch_and_no_other()
    {
        var users = await App.NewUsersAsync(3, Ct);
        var room = await App.CreateRoomAsync(users[0], Ct);
        await App.JoinedAsync(room, users[1], Ct);
        await RefusesAsync(room, users[1], 0, "rekey-required");
        await RefusesAsync(room, users[1], 1, "epoch-stale");
        await App.RenewedAsync(room, 1, Ct, users[0], users[1]);

        using var posted = await App.PostAsync(room, users[1], RoomCalls.Message(1), Ct);
        Assert.Equal("""{"sequence":4,"postedDate":"2026-11-21T19:19:00.0000000Z"}""", (await posted.IsAsync(HttpStatusCode.Created, Ct)).GetRawText());
        Assert.Equal($"/v1/rooms/{room}/events?after=3&limit=1", posted.HeaderOf("Location"));
        foreach (var epoch in (long[])[0, 2, -1, long.MaxValue])
        {
            await RefusesAsync(room, users[1], epoch, "epoch-stale");
        }

        await App.JoinedAsync(room, users[2], Ct); // Takes no key from anybody: the room goes on.
        Assert.Equal(6, await App.PostedAsync(room, users[0], 1, Ct));
        await App.RemovedAsync(room, users[1], users[1], Ct);
        await RefusesAsync(room, users[0], 1, "rekey-required");
        await RefusesAsync(room, users[0], 2, "epoch-stale");
        await App.RenewedAsync(room, 2, Ct, users[0], users[2]);
        await RefusesAsync(room, users[0], 1, "epoch-stale");
        Assert.Equal(9, await App.PostedAsync(room, users[2], 2, Ct));

        Assert.Equal([$"4 Message {users[1]} 1", $"6 Message {users[0]} 1", $"9 Message {users[2]} 2"], await MessagesAsync(room));
        Assert.DoesNotContain(await App.AuditedRoomsAsync(Ct), entry => entry.Contains("message", StringComparison.Ordinal));
    }

    [Fact]
    [Shows("body-too-large")]
    public async Task A_ciphertext_is_strict_base64_of_1_to_65536_bytes_and_no_sender_is_named()
    {
        var users = await App.NewUsersAsync(1, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);
        foreach (var (json, member) in ((string, string)[])
        [
            ("""{"epoch":1,"ciphertext":""}""", "ciphertext"),
            ("""{"epoch":1,"ciphertext":"AA"}""", "ciphertext"),
            ("""{"epoch":1,"ciphertext":"AB=="}""", "ciphertext"),
            ("""{"epoch":1,"ciphertext":"AAB="}""", "ciphertext"),
            ("""{"epoch":1,"ciphertext":"A A A A A A A A "}""", "ciphertext"),
            ("""{"epoch":1,"ciphertext":"AA==AA=="}""", "ciphertext"),
            ("""{"epoch":1,"ciphertext":"A==="}""", "ciphertext"),
            ("""{"epoch":1,"ciphertext":"AA-_"}""", "ciphertext"),
            ("""{"epoch":1,"ciphertext":"ÄÖÜ="}""", "ciphertext"),
            ("""{"epoch":1,"ciphertext":"AAAA\n\n\n\n"}""", "ciphertext"),
            ("""{"epoch":1,"ciphertext":null}""", "ciphertext"),
            ("""{"epoch":1,"ciphertext":7}""", "ciphertext"),
            ("""{"epoch":1}""", "ciphertext"),
            ("""{"ciphertext":"AAAA"}""", "epoch"),
            ("""{"epoch":"1","ciphertext":"AAAA"}""", "epoch"),
            ("""{"epoch":1.5,"ciphertext":"AAAA"}""", "epoch"),
            ("""{"epoch":1,"ciphertext":"AAAA","signature":""}""", "signature"),
            ("""{"epoch":1,"ciphertext":"AAAA","signature":"AA"}""", "signature"),
            ($$"""{"epoch":1,"ciphertext":"AAAA","signature":"{{RoomCalls.Bytes(1_025)}}"}""", "signature"),
            ("""{"epoch":1,"ciphertext":"AAAA","clientMessageId":""}""", "clientMessageId"),
            ("""{"epoch":1,"ciphertext":"AAAA","clientMessageId":"a b"}""", "clientMessageId"),
            ("""{"epoch":1,"ciphertext":"AAAA","clientMessageId":"ä"}""", "clientMessageId"),
            ($$"""{"epoch":1,"ciphertext":"AAAA","clientMessageId":"{{new string('a', 129)}}"}""", "clientMessageId"),
            ($$"""{"epoch":1,"ciphertext":"AAAA","userGuid":"{{users[0]}}"}""", "userGuid"),
            ("""{"epoch":1,"ciphertext":"AAAA","sender":"me"}""", "sender"),
        ])
        {
            using var refused = await App.PostAsync(room, users[0], json, Ct);
            await refused.InvalidAsync(Ct, member);
        }

        using var tooLarge = await App.PostAsync(room, users[0], $$"""{"epoch":1,"ciphertext":"{{RoomCalls.Bytes(65_537)}}"}""", Ct);
        await tooLarge.RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large", Ct);
        using var longest = await App.PostAsync(
            room,
            users[0],
            $$"""{"epoch":1,"ciphertext":"{{RoomCalls.Bytes(65_536)}}","signature":"{{RoomCalls.Bytes(1_024)}}","clientMessageId":"{{new string('~', 128)}}"}""",
            Ct);
        await longest.IsAsync(HttpStatusCode.Created, Ct);
        using var escaped = await App.PostAsync(room, users[0], """{"epoch":1,"ciphertext":"\u0041A==","signature":null}""", Ct);
        await escaped.IsAsync(HttpStatusCode.Created, Ct);
        Assert.Equal(2, (await MessagesAsync(room)).Count);
    }

    [Fact]
    public async Task Fifty_posts_at_once_get_fifty_consecutive_sequences()
    {
        var users = await App.NewUsersAsync(5, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);

        var sequences = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => App.PostedAsync(room, users[i % 5], 1, Ct)));

        Assert.Equal(Enumerable.Range(7, 50).Select(static i => (long)i), sequences.Order());
        Assert.Equal(56, (await App.ShowRoomAsync(room, users[0], Ct)).GetProperty("lastSequence").GetInt64());
        Assert.Equal(50, (await MessagesAsync(room)).Count);
    }

    [Fact]
    public async Task Of_sixteen_posts_under_one_name_at_once_one_is_a_message_and_all_get_its_answer()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            App.PostAsync(room, users[1], RoomCalls.Message(1, "name", $"text {i}"), Ct)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Single((await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync(Ct)))).Distinct());
        Assert.Equal([$"4 Message {users[1]} 1 name"], await MessagesAsync(room));
        Assert.Equal(5, await App.PostedAsync(room, users[0], 1, Ct, "name")); // Another sender's name is another one.
    }

    [Fact]
    public async Task A_repeat_gets_the_first_answer_also_when_the_epoch_has_moved_on_and_after_a_restart()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);
        using var first = await App.PostAsync(room, users[1], RoomCalls.Message(1, "name"), Ct);
        var answer = (await first.IsAsync(HttpStatusCode.Created, Ct)).GetRawText();
        App.Clock.Advance(TimeSpan.FromHours(1));

        await RepeatsAsync(room, users[1], 1, answer);
        await RepeatsAsync(room, users[1], 2, answer);
        await App.RenewedAsync(room, 2, Ct, users);
        await RepeatsAsync(room, users[1], 1, answer);
        await App.RestartAsync(Ct);
        await RepeatsAsync(room, users[1], 1, answer);
        Assert.Equal(6, await App.PostedAsync(room, users[1], 2, Ct));
        await App.RemovedAsync(room, users[0], users[1], Ct);
        using var removed = await App.PostAsync(room, users[1], RoomCalls.Message(1, "name"), Ct);
        await removed.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        await App.JoinedAsync(room, users[1], Ct);
        await RepeatsAsync(room, users[1], 1, answer);
    }

    [Fact]
    public async Task A_post_takes_an_idempotency_key_too()
    {
        var users = await App.NewUsersAsync(1, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct);

        using var first = await App.CallAsync(users[0], HttpMethod.Post, $"/{room}/messages", RoomCalls.Message(1), Ct, ("Idempotency-Key", "k"));
        using var again = await App.CallAsync(users[0], HttpMethod.Post, $"/{room}/messages", RoomCalls.Message(1), Ct, ("Idempotency-Key", "k"));

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        await again.AssertReplaysAsync(first, Ct);
        Assert.Single(await MessagesAsync(room));
    }

    private async Task RefusesAsync(string room, string user, long epoch, string code)
    {
        using var refused = await App.PostAsync(room, user, RoomCalls.Message(epoch), Ct);
        await refused.RefusedAsync(HttpStatusCode.Conflict, code, Ct);
    }

    private async Task RepeatsAsync(string room, string user, long epoch, string answer)
    {
        using var again = await App.PostAsync(room, user, RoomCalls.Message(epoch, "name", "another text"), Ct);
        Assert.Equal(answer, (await again.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
        Assert.True(again.IsReplay());
    }

    private async Task<List<string>> MessagesAsync(string room) =>
        [.. (await App.LogAsync(room, Ct)).Where(static entry => entry.Contains(" Message ", StringComparison.Ordinal))];

    public sealed class OnSqlite() : PostingMessagesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : PostingMessagesTests(DatabaseProvider.Postgres);
}
