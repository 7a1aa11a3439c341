using System.Buffers;
using System.IO.Pipelines;
using Repository.Domain.Cluster.PrivatePort;

namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>Reads and writes frames. What it takes off the wire is what it was asked for and no byte more.</summary>
internal sealed class FrameTransport(IDuplexPipe pipe)
{
    /// <returns>The length of the next body; 0 when it is none that is to be taken; null when the other side ended.</returns>
    public async ValueTask<int?> ReadLengthAsync(int maxBodySize, CancellationToken ct)
    {
        var prefix = new byte[Frame.PrefixSize];
        return !await TryFillAsync(prefix, ct) ? null : Frame.TryReadLength(prefix, maxBodySize, out var length) ? length : 0;
    }

    /// <returns>The next bytes; null when the other side ended before.</returns>
    public async ValueTask<byte[]?> ReadBodyAsync(int length, CancellationToken ct)
    {
        var body = new byte[length];
        return await TryFillAsync(body, ct) ? body : null;
    }

    /// <returns>The next body; null when the other side ended, or announces one that is not to be taken.</returns>
    public async ValueTask<byte[]?> ReadAsync(int maxBodySize, CancellationToken ct) =>
        await ReadLengthAsync(maxBodySize, ct) is { } length and > 0 ? await ReadBodyAsync(length, ct) : null;

    /// <returns>False when the other side takes no more.</returns>
    public async ValueTask<bool> WriteAsync(byte[] body, CancellationToken ct)
    {
        var written = await pipe.Output.WriteAsync(Frame.Write(body), ct);
        return !written.IsCompleted && !written.IsCanceled;
    }

    private async ValueTask<bool> TryFillAsync(Memory<byte> target, CancellationToken ct)
    {
        while (target.Length > 0)
        {
            var read = await pipe.Input.ReadAsync(ct);
            var taken = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, target.Length));
            taken.CopyTo(target.Span);
            target = target[(int)taken.Length..];
            pipe.Input.AdvanceTo(taken.End);
            if (target.Length > 0 && (read.IsCompleted || read.IsCanceled))
            {
                return false;
            }
        }

        return true;
    }
}
