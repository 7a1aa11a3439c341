using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Repository.Api.Tests.Hosting;

/// <summary>Sends bytes as they are, for requests that no client library would send.</summary>
internal static class RawHttp
{
    /// <summary>Sends a request on a connection of its own.</summary>
    /// <param name="app">The server.</param>
    /// <param name="requestLine">Such as <c>POST /v1/machines</c>.</param>
    /// <param name="headers">Lines without their ends; each character is one byte.</param>
    /// <param name="body">What follows the headers, whatever they say.</param>
    /// <param name="ct">Ends the call.</param>
    public static async Task<HttpResponseMessage> SendAsync(
        RepositoryApp app,
        string requestLine,
        string[] headers,
        byte[] body,
        CancellationToken ct)
    {
        var address = app.Anonymous.BaseAddress!;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, ct);
        var stream = client.GetStream();
        var head = string.Concat(headers.Prepend($"Host: {address.Authority}").Append("Connection: close").Select(line => line + "\r\n"));
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{requestLine} HTTP/1.1\r\n{head}\r\n"), ct);
        await stream.WriteAsync(body, ct);
        return Parse(await ReadAnswerAsync(stream, ct));
    }

    /// <summary>Reads to the end of the body or of the connection: after a refusal the server may wait for the rest of the request.</summary>
    private static async Task<string> ReadAnswerAsync(NetworkStream stream, CancellationToken ct)
    {
        var received = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (!IsWhole(received.ToString()) && await stream.ReadAsync(buffer, ct) is > 0 and var count)
        {
            received.Append(Encoding.Latin1.GetString(buffer, 0, count)); // Answers of this server are ASCII.
        }

        return received.ToString();
    }

    private static bool IsWhole(string text)
    {
        const string Length = "\r\nContent-Length: ";
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var length = end < 0 ? -1 : text.IndexOf(Length, 0, end, StringComparison.OrdinalIgnoreCase);
        return length >= 0
            && text.Length - end - 4 == int.Parse(text[(length + Length.Length)..].Split('\r')[0], CultureInfo.InvariantCulture);
    }

    private static HttpResponseMessage Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, "The server closed the connection without an answer.");
        var lines = text[..end].Split("\r\n");
        var answer = new HttpResponseMessage((HttpStatusCode)int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture))
        {
            Content = new StringContent(text[(end + 4)..]),
        };
        answer.Content.Headers.ContentType = null;
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (!answer.Headers.TryAddWithoutValidation(line[..colon], line[(colon + 1)..].Trim()))
            {
                answer.Content.Headers.TryAddWithoutValidation(line[..colon], line[(colon + 1)..].Trim());
            }
        }

        return answer;
    }
}
