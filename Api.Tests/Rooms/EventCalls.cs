using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Signals;

namespace Repository.Api.Tests.Rooms;

/// <summary>What the readers of rooms do.</summary>
internal static class EventCalls
{
    public const string AllRooms = "/v1/events";

    /// <summary>How long a held poll waits: no other timer of the server is set for as long.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(37);

    /// <summary>The events of an answer in short: <c>sequence type</c>.</summary>
    public static List<string> BriefOf(JsonElement answer) =>
    [
        .. answer.GetProperty("events").EnumerateArray().Select(entry => $"{entry.GetProperty("sequence").GetInt64()} {entry.GetProperty("type").GetString()}"),
    ];

    /// <summary>The sequences of an answer.</summary>
    public static List<long> SequencesOf(JsonElement answer) =>
        [.. answer.GetProperty("events").EnumerateArray().Select(static entry => entry.GetProperty("sequence").GetInt64())];

    /// <summary>Waits until something is so, as it must soon be.</summary>
    public static async Task UntilAsync(Func<bool> isSo, CancellationToken ct)
    {
        while (!isSo())
        {
            ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    extension(RepositoryApp app)
    {
        public int HeldPolls => app.Services.GetRequiredService<HeldPolls>().Count;

        /// <summary>Polls a room: <paramref name="query"/> begins with <c>?</c> or is empty.</summary>
        public Task<HttpResponseMessage> PollAsync(string room, string user, string query, CancellationToken ct) =>
            app.CallAsync(user, HttpMethod.Get, $"/{room}/events{query}", null, ct);

        /// <summary>Polls a room without waiting, and expects events or none.</summary>
        public async Task<JsonElement> ReadEventsAsync(string room, string user, CancellationToken ct, long after = 0, int limit = 100)
        {
            using var answer = await app.PollAsync(room, user, $"?after={after}&limit={limit}", ct);
            return await answer.IsAsync(HttpStatusCode.OK, ct);
        }

        public async Task<HttpResponseMessage> PollAllAsync(string user, string query, CancellationToken ct)
        {
            using var session = app.SessionOf(user);
            return await session.GetAsync(AllRooms + query, ct);
        }

        public async Task<JsonElement> ReadAllAsync(string user, string? after, CancellationToken ct, int limit = 100)
        {
            using var answer = await app.PollAllAsync(user, $"?limit={limit}" + (after is null ? "" : $"&after={after}"), ct);
            return await answer.IsAsync(HttpStatusCode.OK, ct);
        }

        /// <summary>Starts a poll of a room at its end, and goes on once it waits.</summary>
        public Task<Task<HttpResponseMessage>> HoldAsync(string room, string user, long after, CancellationToken ct) =>
            app.HoldAsync(app.SessionOf(user), $"{RoomCalls.Path}/{room}/events?after={after}&wait={(int)Wait.TotalSeconds}", ct);

        /// <summary>Starts a poll of all rooms at their end, and goes on once it waits.</summary>
        public Task<Task<HttpResponseMessage>> HoldAllAsync(string user, string after, CancellationToken ct) =>
            app.HoldAsync(app.SessionOf(user), $"{AllRooms}?after={after}&wait={(int)Wait.TotalSeconds}", ct);

        /// <summary>Starts a poll, and goes on once it waits.</summary>
        public async Task<Task<HttpResponseMessage>> HoldAsync(HttpClient caller, string path, CancellationToken ct)
        {
            var held = app.HeldPolls;
            var poll = caller.GetAsync(path, ct);
            await UntilAsync(() => app.HeldPolls > held || poll.IsCompleted, ct);
            Assert.False(poll.IsCompleted, "The poll did not wait.");
            return poll;
        }
    }
}
