using Repository.Domain.Cluster.PrivatePort;

namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>A connection after its handshake: messages in order, sealed and authenticated. One that does not open ends it.</summary>
internal sealed class MemberChannel(FrameTransport transport, ChannelCiphers ciphers) : IDisposable
{
    /// <returns>The next message; null when the connection is at its end, or a frame was changed, dropped, repeated or moved.</returns>
    public async ValueTask<byte[]?> ReadAsync(CancellationToken ct) =>
        await transport.ReadAsync(Frame.MaxBodySize, ct) is { } body && ciphers.Incoming.TryOpen(body, out var message) ? message : null;

    /// <returns>False when the other side takes no more.</returns>
    public ValueTask<bool> WriteAsync(byte[] message, CancellationToken ct) => transport.WriteAsync(ciphers.Outgoing.Seal(message), ct);

    public void Dispose() => ciphers.Dispose();
}
