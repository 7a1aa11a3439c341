using System.Buffers.Text;

namespace Repository.Benchmarks.Load.Client;

/// <summary>
/// As much of an HTTP/1.1 answer as a load generator needs: the status, and the body by <c>Content-Length</c> or as chunks,
/// which are joined in place.
/// </summary>
internal readonly ref struct HttpAnswer
{
    private HttpAnswer(int status, Span<byte> body, int length)
    {
        Status = status;
        Body = body;
        Length = length;
    }

    public int Status { get; }

    public Span<byte> Body { get; }

    /// <summary>Head and body as they came, in bytes.</summary>
    public int Length { get; }

    /// <returns>False when the answer is not complete yet; then nothing in <paramref name="received"/> was moved.</returns>
    public static bool TryRead(Span<byte> received, out HttpAnswer answer)
    {
        answer = default;
        var headLength = received.IndexOf("\r\n\r\n"u8);
        if (headLength < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> head = received[..(headLength + 2)];
        var rest = received[(headLength + 4)..];
        if (!head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head[9..12], out int status, out _))
        {
            throw UnexpectedAnswerException.For("HTTP/1.1", received);
        }

        if (!TryReadContentLength(head, out var bodyLength))
        {
            if (!HttpChunks.TryMeasure(rest, out var length))
            {
                return false;
            }

            answer = new HttpAnswer(status, HttpChunks.Join(rest[..length]), headLength + 4 + length);
            return true;
        }

        if (rest.Length < bodyLength)
        {
            return false;
        }

        answer = new HttpAnswer(status, rest[..bodyLength], headLength + 4 + bodyLength);
        return true;
    }

    private static bool TryReadContentLength(ReadOnlySpan<byte> head, out int length)
    {
        length = 0;
        ReadOnlySpan<byte> name = "\r\nContent-Length: "u8;
        var at = head.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out length, out _);
    }
}
