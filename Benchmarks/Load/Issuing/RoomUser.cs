using System.Net;
using System.Security.Cryptography;
using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Conversations;

namespace Repository.Benchmarks.Load.Issuing;

/// <summary>A user in a session, and the requests about rooms that it sends.</summary>
/// <param name="Guid">The user.</param>
/// <param name="Session">Its session's token.</param>
internal sealed record RoomUser(string Guid, string Session)
{
    /// <summary>Of every message, before base64: what a line of text is once it is encrypted and signed.</summary>
    private const int CiphertextBytes = 256;

    private static readonly string Ciphertext = Convert.ToBase64String(RandomNumberGenerator.GetBytes(CiphertextBytes));
    private static readonly string WrappedKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(80)); // As crypto_box_seal makes it.

    /// <summary>A new user of a server, in a session.</summary>
    public static async Task<RoomUser> OpenAsync(IPEndPoint server, CancellationToken ct)
    {
        var user = await KeyHolder.RegisterAsync(server, ct);
        return new RoomUser(user.Guid, await Handshake.OpenSessionAsync(server, user, ct));
    }

    public static async Task<IReadOnlyList<RoomUser>> OpenAsync(IPEndPoint server, int count, CancellationToken ct)
    {
        var users = new List<RoomUser>();
        while (users.Count < count)
        {
            users.Add(await OpenAsync(server, ct));
        }

        return users;
    }

    /// <summary>A room of this user's that the others have joined, under its first epoch.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> ShareRoomAsync(IPEndPoint server, IReadOnlyCollection<RoomUser> others, CancellationToken ct)
    {
        var room = JsonMember.Text(await OneRequest.AskAsync(server, CreateRoom(), 201, ct), "roomId"u8);
        foreach (var other in others)
        {
            _ = await OneRequest.AskAsync(server, HttpRequest.Post($"/v1/rooms/{room}/members", "{}", other.Session), 201, ct);
        }

        _ = await OneRequest.AskAsync(server, RenewKey(room, [this, .. others]), 201, ct);
        return room;
    }

    public byte[] CreateRoom() => HttpRequest.Post("/v1/rooms", """{"name":"Benchmark","capacity":10000}""", Session);

    /// <summary>Makes the first epoch, with a key for each of the members.</summary>
    public byte[] RenewKey(string room, IEnumerable<RoomUser> members)
    {
        var keys = string.Join(',', members.Select(member => $"\"{member.Guid}\":\"{WrappedKey}\""));
        return HttpRequest.Post($"/v1/rooms/{room}/epochs", $$$"""{"epoch":1,"wrappedKeys":{{{{keys}}}}}""", Session);
    }

    public byte[] PostMessage(string room) =>
        HttpRequest.Post($"/v1/rooms/{room}/messages", $$"""{"epoch":1,"ciphertext":"{{Ciphertext}}"}""", Session);

    public byte[] Poll(string room, long after, int waitSeconds) =>
        HttpRequest.Get($"/v1/rooms/{room}/events?after={after}&wait={waitSeconds}", Session);
}
