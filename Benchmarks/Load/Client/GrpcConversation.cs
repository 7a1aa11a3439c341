using System.Buffers.Binary;
using System.Text;

namespace Repository.Benchmarks.Load.Client;

/// <summary>
/// One unary gRPC call after the other on one HTTP/2 connection without TLS. Of HTTP/2 it speaks what that needs: literal headers,
/// one stream at a time, a connection window of 2 GiB so that it never has to open it, acknowledged settings and pings.
/// </summary>
internal abstract class GrpcConversation : Conversation
{
    private const int DefaultWindowBytes = 65_535;
    private const int StreamStep = 2;

    private readonly byte[] _headers;
    private readonly byte[] _data;
    private readonly List<byte[]> _control = [];
    private int _stream;

    protected GrpcConversation(string path, int messageBytes)
    {
        _headers = Http2Frame.Write(Http2Frame.Headers, Http2Frame.EndHeaders, HeaderBlock(path));
        var payload = new byte[GrpcPrefixBytes + messageBytes];
        BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan(1), messageBytes);
        _data = Http2Frame.Write(Http2Frame.Data, Http2Frame.EndStream, payload);
    }

    // A byte that says "not compressed", four for the length.
    private const int GrpcPrefixBytes = 5;

    protected Span<byte> Message => _data.AsSpan(Http2Frame.HeadBytes + GrpcPrefixBytes);

    public override void Connected()
    {
        var window = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(window, int.MaxValue - DefaultWindowBytes);
        _control.Clear();
        _control.Add(Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
        _control.Add(Http2Frame.Write(Http2Frame.Settings, 0, []));
        _control.Add(Http2Frame.Write(Http2Frame.WindowUpdate, 0, window));
        _stream = -1;
    }

    public override ReadOnlyMemory<byte> NextRequest()
    {
        WriteMessage();
        _stream += StreamStep;
        Http2Frame.WriteStream(_headers, _stream);
        Http2Frame.WriteStream(_data, _stream);
        byte[] request = [.. _control.SelectMany(frame => frame), .. _headers, .. _data];
        _control.Clear();
        return request;
    }

    /// <summary>The answer is there when its stream has ended and what was received ends with a whole frame.</summary>
    public override int ReadAnswer(Span<byte> received)
    {
        var (at, hasMessage, hasEnded) = (0, false, false);
        for (; Http2Frame.TryRead(received[at..], out var frame); at += frame.Length)
        {
            if (frame.Type is Http2Frame.GoAway or Http2Frame.ResetStream)
            {
                throw UnexpectedAnswerException.For("an open stream", received);
            }

            hasMessage |= frame.Type == Http2Frame.Data && frame.Payload.Length >= GrpcPrefixBytes;
            hasEnded |= frame.Type is Http2Frame.Data or Http2Frame.Headers && (frame.Flags & Http2Frame.EndStream) != 0;
        }

        if (!hasEnded || at < received.Length)
        {
            return 0;
        }

        // A call that fails ends with trailers alone.
        Acknowledge(received);
        return hasMessage ? at : throw UnexpectedAnswerException.For("a gRPC message", received);
    }

    /// <summary>Writes the call's protobuf message.</summary>
    protected abstract void WriteMessage();

    private void Acknowledge(ReadOnlySpan<byte> received)
    {
        for (; Http2Frame.TryRead(received, out var frame); received = received[frame.Length..])
        {
            if (frame.Type is Http2Frame.Settings or Http2Frame.Ping && (frame.Flags & Http2Frame.Acknowledged) == 0)
            {
                var payload = frame.Type == Http2Frame.Ping ? frame.Payload : [];
                _control.Add(Http2Frame.Write(frame.Type, Http2Frame.Acknowledged, payload));
            }
        }
    }

    // HPACK (RFC 7541): 0x80 | i is entry i of the static table; 0000 nnnn is a literal without indexing under the name of entry n
    // (15 and more continue in the next byte), 0 under a new name.
    private static byte[] HeaderBlock(string path) =>
    [
        0x83, 0x86, // :method POST, :scheme http
        0x04, .. Literal(path),
        0x01, .. Literal("localhost"), // :authority
        0x0F, 31 - 15, .. Literal("application/grpc"), // content-type
        0x00, .. Literal("te"), .. Literal("trailers"),
    ];

    private static byte[] Literal(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];
}
