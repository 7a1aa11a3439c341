using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Repository.Benchmarks.Load.Client;

namespace Repository.Benchmarks.Load.Polling;

/// <summary>One connection that polls without end: each answer is timed, and asked on from.</summary>
internal sealed class HeldPoll(IPEndPoint server, PollDialect dialect) : IDisposable
{
    private const int BufferBytes = 16 * 1024;

    // Shared by all: an answer is read at once, and 15,000 buffers would be this client's memory and not the server's.
    [ThreadStatic]
    private static byte[]? _buffer;

    private readonly Socket _socket = new(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private TaskCompletionSource<long> _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When something arrived: the <see cref="Stopwatch"/>'s ticks. Taken before what is to arrive is sent.</summary>
    public Task<long> NextWake => Volatile.Read(ref _woken).Task;

    /// <summary>Connects and sends the first poll.</summary>
    public async Task BeginAsync(CancellationToken ct)
    {
        await _socket.ConnectAsync(server, ct);
        await _socket.SendAsync(dialect.Request(), ct);
    }

    /// <summary>Answers arrive until the connection or the crowd ends.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (true)
        {
            await _socket.ReceiveAsync(Memory<byte>.Empty, ct); // Waits without holding a buffer.
            var arrived = Stopwatch.GetTimestamp();
            if (Read() && !ct.IsCancellationRequested)
            {
                var woken = Interlocked.Exchange(ref _woken, new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
                woken.SetResult(arrived);
            }

            await _socket.SendAsync(dialect.Request(), ct);
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <returns>Whether the answer brought something, and not only the end of the wait.</returns>
    private bool Read()
    {
        var buffer = _buffer ??= new byte[BufferBytes];
        for (var filled = 0; ;)
        {
            var received = _socket.Receive(buffer.AsSpan(filled), SocketFlags.None);
            filled += received;
            if (received == 0)
            {
                throw UnexpectedAnswerException.For("an answer before the connection ends", buffer.AsSpan(0, filled));
            }

            if (HttpAnswer.TryRead(buffer.AsSpan(0, filled), out var answer))
            {
                return dialect.Read(answer);
            }
        }
    }
}
