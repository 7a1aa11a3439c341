using System.Buffers;
using System.IO.Pipelines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Coffer.Tcp;

/// <summary>
/// One connection from its first byte to its end: reads frames however they come, byte by byte or many at once, and has the dialect answer
/// them in order. It keeps what is not answered yet where the transport has it, and nothing is ever set aside for a length that was announced.
/// </summary>
internal sealed partial class CofferConversation(IDuplexPipe pipe, DialectChoice dialects, FramePatience patience, ILogger logger) : IDisposable
{
    /// <summary>Answers to frames that came together are sent together, up to so many bytes.</summary>
    private const int SentTogether = 16 * 1024;

    private ICofferDialect? _dialect;

    /// <summary>Returns when the conversation is over; the caller closes the connection.</summary>
    /// <exception cref="IOException">The other side is gone.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        var isInFrame = false;
        while (true)
        {
            patience.Wait(isInFrame);
            var read = await pipe.Input.ReadAsync(ct);
            if (read.IsCanceled)
            {
                return;
            }

            patience.Received();
            if (await AnswerAsync(read.Buffer, ct) is not { } rest)
            {
                pipe.Input.AdvanceTo(read.Buffer.End);
                await LeaveAsync(ct);
                return;
            }

            isInFrame = !read.Buffer.Slice(rest).IsEmpty;
            pipe.Input.AdvanceTo(rest, read.Buffer.End);

            // Another side that has said its last word is still answered: the answers go before the end.
            if ((await pipe.Output.FlushAsync(ct)).IsCompleted || read.IsCompleted)
            {
                return;
            }
        }
    }

    public void Dispose() => _dialect?.Dispose();

    /// <summary>Answers what is whole.</summary>
    /// <returns>Where the rest begins; null when the conversation is over.</returns>
    private async ValueTask<SequencePosition?> AnswerAsync(ReadOnlySequence<byte> received, CancellationToken ct)
    {
        while (!received.IsEmpty
            && (_dialect ??= dialects.Tell(received)) is { } dialect
            && dialect.TryTake(ref received, out var request))
        {
            patience.Completed();
            if (!await AnswerAsync(dialect, request, ct)
                || (pipe.Output.UnflushedBytes > SentTogether && (await pipe.Output.FlushAsync(ct)).IsCompleted))
            {
                return null;
            }
        }

        return received.Start;
    }

    private async ValueTask<bool> AnswerAsync(ICofferDialect dialect, FrameRequest request, CancellationToken ct)
    {
        try
        {
            return await dialect.AnswerAsync(request, pipe.Output, ct);
        }
        catch (Exception outage) when (StorageOutage.Caused(outage))
        {
            LogOutage(outage);
            dialect.Apologize(pipe.Output);
            return false;
        }
    }

    /// <summary>Sends the last word. What has come after the request that was refused is taken too: unread, it would make the close a reset.</summary>
    private async Task LeaveAsync(CancellationToken ct)
    {
        await pipe.Output.FlushAsync(ct);
        for (var left = FrameRequest.MaxBodySize; left > 0 && pipe.Input.TryRead(out var read) && !read.IsCompleted && !read.IsCanceled;)
        {
            left -= (int)read.Buffer.Length;
            pipe.Input.AdvanceTo(read.Buffer.End);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database is out of reach")]
    private partial void LogOutage(Exception failure);
}
