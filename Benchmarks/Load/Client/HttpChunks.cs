using System.Buffers.Text;

namespace Repository.Benchmarks.Load.Client;

/// <summary>
/// The body of an answer with <c>Transfer-Encoding: chunked</c>: <c>size in hex CR LF data CR LF</c> …, then a chunk of size 0
/// and an empty line (RFC 9112 §7.1). Extensions and trailers, which no peer here sends, are refused.
/// </summary>
internal static class HttpChunks
{
    /// <returns>False when the last chunk has not arrived.</returns>
    public static bool TryMeasure(ReadOnlySpan<byte> body, out int length)
    {
        for (length = 0; TryReadSize(body[length..], out var size, out var line);)
        {
            length += line + size + 2;
            if (length > body.Length)
            {
                return false;
            }

            if (size == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Moves the data of complete chunks to the front.</summary>
    public static Span<byte> Join(Span<byte> chunks)
    {
        var (read, written) = (0, 0);
        while (TryReadSize(chunks[read..], out var size, out var line) && size > 0)
        {
            chunks.Slice(read + line, size).CopyTo(chunks[written..]);
            read += line + size + 2;
            written += size;
        }

        return chunks[..written];
    }

    private static bool TryReadSize(ReadOnlySpan<byte> chunk, out int size, out int line)
    {
        size = 0;
        line = chunk.IndexOf("\r\n"u8) + 2;
        if (line < 2)
        {
            return false;
        }

        return Utf8Parser.TryParse(chunk, out size, out var digits, 'x') && digits == line - 2
            ? true
            : throw UnexpectedAnswerException.For("a chunk", chunk);
    }
}
