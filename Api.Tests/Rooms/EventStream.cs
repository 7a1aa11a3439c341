using System.Net;
using System.Net.Http.Headers;
using Repository.Api.Tests.Hosting;

namespace Repository.Api.Tests.Rooms;

/// <summary>A client of Server-Sent Events, which reads block by block as they come.</summary>
internal sealed class EventStream : IDisposable
{
    private readonly HttpClient _client;
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _reader;

    private EventStream(HttpClient client, HttpResponseMessage answer, StreamReader reader)
    {
        _client = client;
        _answer = answer;
        _reader = reader;
    }

    /// <summary>Connects, and reads the comment that every stream begins with.</summary>
    /// <param name="app">The server.</param>
    /// <param name="credential">The caller's.</param>
    /// <param name="path">After <c>/v1/rooms/</c>.</param>
    /// <param name="lastEventId">What the client has had, or null.</param>
    /// <param name="ct">Ends the wait.</param>
    public static async Task<EventStream> ConnectAsync(RepositoryApp app, string credential, string path, string? lastEventId, CancellationToken ct)
    {
        var client = new HttpClient { BaseAddress = app.Anonymous.BaseAddress };
        var request = new HttpRequestMessage(HttpMethod.Get, $"{RoomCalls.Path}/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/event-stream; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-store", answer.HeaderOf("Cache-Control"));
        var stream = new EventStream(client, answer, new StreamReader(await answer.Content.ReadAsStreamAsync(ct)));
        Assert.Equal([": "], await stream.ReadAsync(ct));
        return stream;
    }

    /// <summary>The lines of the next block; none at the stream's end.</summary>
    public async Task<List<string>> ReadAsync(CancellationToken ct)
    {
        var lines = new List<string>();
        while (await _reader.ReadLineAsync(ct) is { Length: > 0 } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _answer.Dispose();
        _client.Dispose();
    }
}
