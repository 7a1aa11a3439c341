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
        using var received = new MemoryStream();
        await stream.CopyToAsync(received, ct);
        return Parse(Encoding.UTF8.GetString(received.ToArray()));
    }

    private static HttpResponseMessage Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, "The server closed the connection without an answer.");
        var lines = text[..end].Split("\r\n");
        var answer = new HttpResponseMessage((HttpStatusCode)int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture))
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
