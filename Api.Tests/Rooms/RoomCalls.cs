using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Resources;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Rooms;

/// <summary>What the members of rooms do.</summary>
internal static class RoomCalls
{
    public const string Path = "/v1/rooms";

    private static readonly Statement SelectLog = new(
        """
        SELECT sequence, type, user_guid, by_guid, epoch, changes, client_message_id FROM room_events WHERE room_id = $1 ORDER BY sequence
        """);

    /// <summary>Base64 of so many bytes.</summary>
    public static string Bytes(int size) => Convert.ToBase64String(new byte[size]);

    /// <summary>What a renewal sends: the same wrapped key for each user.</summary>
    public static string Renewal(long epoch, params IEnumerable<string> users) => new JsonObject
    {
        ["epoch"] = epoch,
        ["wrappedKeys"] = new JsonObject(users.Select(user => KeyValuePair.Create(user, (JsonNode?)KeyOf(user, epoch)))),
    }.ToJsonString();

    /// <summary>The key that <see cref="Renewal"/> wraps for a user: another one for each and each epoch.</summary>
    public static string KeyOf(string user, long epoch) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{epoch} for {user}")));

    public static string Message(long epoch, string? clientMessageId = null, string text = "sealed") => new JsonObject
    {
        ["epoch"] = epoch,
        ["ciphertext"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(text)),
        ["clientMessageId"] = clientMessageId,
    }.ToJsonString();

    extension(RepositoryApp app)
    {
        /// <summary>Registers users, for tests that need no key of them.</summary>
        public async Task<string[]> NewUsersAsync(int count, CancellationToken ct) =>
            await Task.WhenAll(Enumerable.Range(0, count).Select(_ => app.NewOwnerAsync(ct)));

        /// <summary>Creates a room in a session of its owner's.</summary>
        /// <returns>Its id.</returns>
        public async Task<string> CreateRoomAsync(string owner, CancellationToken ct, string more = "")
        {
            using var answer = await app.CallAsync(owner, HttpMethod.Post, "", $$"""{"name":"Press crew"{{more}}}""", ct);
            return (await answer.IsAsync(HttpStatusCode.Created, ct)).GetProperty("roomId").GetString()!;
        }

        /// <summary>Creates a room whose members, the first of them its owner, have the key of epoch 1.</summary>
        public async Task<string> CreateRoomOfAsync(string[] members, CancellationToken ct, string more = "")
        {
            var room = await app.CreateRoomAsync(members[0], ct, more);
            foreach (var member in members[1..])
            {
                await app.JoinedAsync(room, member, ct);
            }

            await app.RenewedAsync(room, 1, ct, members);
            return room;
        }

        /// <summary>Calls in a session of the user's; the path begins after <c>/v1/rooms</c>.</summary>
        public async Task<HttpResponseMessage> CallAsync(
            string user,
            HttpMethod method,
            string path,
            string? json,
            CancellationToken ct,
            params (string Name, string Value)[] headers)
        {
            using var session = app.SessionOf(user);
            return await RepositoryApp.SendAsync(session, method, Path + path, json, ct, headers);
        }

        public Task<HttpResponseMessage> JoinAsync(string room, string user, CancellationToken ct) =>
            app.CallAsync(user, HttpMethod.Post, $"/{room}/members", null, ct);

        public async Task JoinedAsync(string room, string user, CancellationToken ct)
        {
            using var joined = await app.JoinAsync(room, user, ct);
            Assert.Equal("member", (await joined.IsAsync(HttpStatusCode.Created, ct)).GetProperty("state").GetString());
        }

        public Task<HttpResponseMessage> AdmitAsync(string room, string owner, string user, CancellationToken ct) =>
            app.CallAsync(owner, HttpMethod.Put, $"/{room}/members/{user}", null, ct);

        /// <summary>Takes a user out: by itself, or by the owner.</summary>
        public Task<HttpResponseMessage> RemoveAsync(string room, string by, string user, CancellationToken ct) =>
            app.CallAsync(by, HttpMethod.Delete, $"/{room}/members/{user}", null, ct);

        public async Task RemovedAsync(string room, string by, string user, CancellationToken ct)
        {
            using var removed = await app.RemoveAsync(room, by, user, ct);
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        }

        /// <summary>Begins an epoch, for these members, by the first of them.</summary>
        public Task<HttpResponseMessage> RenewAsync(string room, long epoch, CancellationToken ct, params string[] members) =>
            app.CallAsync(members[0], HttpMethod.Post, $"/{room}/epochs", Renewal(epoch, members), ct);

        public async Task RenewedAsync(string room, long epoch, CancellationToken ct, params string[] members)
        {
            using var renewed = await app.RenewAsync(room, epoch, ct, members);
            Assert.Equal(epoch, (await renewed.IsAsync(HttpStatusCode.Created, ct)).GetProperty("epoch").GetInt64());
        }

        public Task<HttpResponseMessage> KeyAsync(string room, string user, string epoch, CancellationToken ct) =>
            app.CallAsync(user, HttpMethod.Get, $"/{room}/epochs/{epoch}/key", null, ct);

        public Task<HttpResponseMessage> PostAsync(string room, string user, string message, CancellationToken ct) =>
            app.CallAsync(user, HttpMethod.Post, $"/{room}/messages", message, ct);

        /// <summary>Posts a message under an epoch.</summary>
        /// <returns>Its sequence.</returns>
        public async Task<long> PostedAsync(string room, string user, long epoch, CancellationToken ct, string? clientMessageId = null)
        {
            using var posted = await app.PostAsync(room, user, Message(epoch, clientMessageId), ct);
            return (await posted.IsAsync(HttpStatusCode.Created, ct)).GetProperty("sequence").GetInt64();
        }

        public async Task<JsonElement> ShowRoomAsync(string room, string user, CancellationToken ct)
        {
            using var shown = await app.CallAsync(user, HttpMethod.Get, $"/{room}", null, ct);
            return await shown.IsAsync(HttpStatusCode.OK, ct);
        }

        /// <summary>Who is in a room, and who waits: <c>state user</c>.</summary>
        public async Task<List<string>> MembersAsync(string room, string user, CancellationToken ct)
        {
            using var session = app.SessionOf(user);
            return
            [
                .. (await session.PagedAsync($"{Path}/{room}/members", ct)).Select(member =>
                    $"{member.GetProperty("state").GetString()} {member.GetProperty("userGuid").GetString()}"),
            ];
        }

        /// <summary>What the room's log holds: <c>sequence type</c>, and what the event has of user, by, epoch, changes and the message's name.</summary>
        public async Task<List<string>> LogAsync(string room, CancellationToken ct)
        {
            _ = RoomId.TryParse(room, out var id);
            var rows = await app.Services.GetRequiredService<Database>().QueryAsync(SelectLog, [SqlValue.Of(id)], ct);
            return
            [
                .. rows.Select(row => string.Join(' ', ((string?[])
                [
                    row.Number(0).ToString(CultureInfo.InvariantCulture),
                    ((RoomEventType)row.Number(1)).ToString(),
                    row.IsNull(2) ? null : HashIdentifier.Load(row.Bytes(2)).ToString(),
                    row.IsNull(3) ? null : "by " + HashIdentifier.Load(row.Bytes(3)),
                    row.IsNull(4) ? null : row.Number(4).ToString(CultureInfo.InvariantCulture),
                    row.IsNull(5) ? null : Encoding.UTF8.GetString(row.Bytes(5)),
                    row.IsNull(6) ? null : Encoding.UTF8.GetString(row.Bytes(6)),
                ]).OfType<string>())),
            ];
        }

        /// <summary>Removes what is past, as the job does twice a minute.</summary>
        public Task SweepRoomsAsync(CancellationToken ct) => app.Services.GetRequiredService<RoomSweeper>().RunOnceAsync(ct);

        /// <summary>What the audit log says of rooms.</summary>
        public async Task<List<string>> AuditedRoomsAsync(CancellationToken ct) =>
            [.. (await app.AuditedAsync(ct)).Where(entry => entry.Contains(" room-", StringComparison.Ordinal))];
    }
}
