using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Repository.Benchmarks.Load.Measuring;

namespace Repository.Benchmarks.Load.Client;

/// <summary>One kept-alive connection that says one thing after the other and times each answer.</summary>
internal sealed class LoadConnection(IPEndPoint peer, Conversation conversation)
{
    private const int BufferBytes = 16 * 1024;

    private readonly byte[] _buffer = new byte[BufferBytes];

    /// <summary>Answers that ended within the window, by latency.</summary>
    public LatencyHistogram Latencies { get; } = new();

    /// <summary>Speaks until the window closes or the conversation is over. A request that was sent is answered before the end.</summary>
    public async Task RunAsync(SampleWindow window, CancellationToken ct)
    {
        using var socket = new Socket(peer.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(peer, ct);
        conversation.Connected();

        for (long now = Stopwatch.GetTimestamp(), start = now; !window.IsOver(now);)
        {
            var request = conversation.NextRequest();
            if (request.IsEmpty)
            {
                return;
            }

            await SendAsync(socket, request, ct);
            await ReceiveAnswerAsync(socket, ct);
            now = Stopwatch.GetTimestamp();
            if (conversation.IsUnderway)
            {
                continue;
            }

            if (window.Counts(now))
            {
                Latencies.Record(now - start);
            }

            start = now;
        }
    }

    private static async ValueTask SendAsync(Socket socket, ReadOnlyMemory<byte> request, CancellationToken ct)
    {
        while (!request.IsEmpty)
        {
            request = request[await socket.SendAsync(request, SocketFlags.None, ct)..];
        }
    }

    private async ValueTask ReceiveAnswerAsync(Socket socket, CancellationToken ct)
    {
        for (var filled = 0; ;)
        {
            var received = await socket.ReceiveAsync(_buffer.AsMemory(filled), SocketFlags.None, ct);
            filled += received;
            if (received == 0)
            {
                throw filled == _buffer.Length
                    ? UnexpectedAnswerException.For("an answer before the buffer ends", _buffer.AsSpan(0, filled))
                    : new ConnectionEndedException();
            }

            var length = conversation.ReadAnswer(_buffer.AsSpan(0, filled));
            if (length == filled)
            {
                return;
            }

            if (length > 0)
            {
                throw UnexpectedAnswerException.For("one answer to one request", _buffer.AsSpan(length, filled - length));
            }
        }
    }
}
