using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Repository.Api.Tests.Hosting;
using Repository.Domain.Cluster.PrivatePort;

namespace Repository.Api.Tests.Cluster.PrivatePort;

/// <summary>A connection as it is, for right bytes and wrong ones.</summary>
internal sealed class TestWire(TcpClient client) : IDisposable
{
    private readonly NetworkStream _stream = client.GetStream();

    public static async Task<TestWire> ConnectAsync(IPEndPoint address, CancellationToken ct)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(address, ct);
        return new TestWire(client);
    }

    public async Task SendAsync(byte[] bytes, CancellationToken ct) => await _stream.WriteAsync(bytes, ct);

    public Task SendFrameAsync(byte[] body, CancellationToken ct) => SendAsync(Frame.Write(body), ct);

    /// <summary>Says that nothing more is sent, and goes on listening.</summary>
    public void EndSending() => client.Client.Shutdown(SocketShutdown.Send);

    /// <returns>The next body; null at the end.</returns>
    public async Task<byte[]?> ReceiveFrameAsync(CancellationToken ct)
    {
        var prefix = new byte[Frame.PrefixSize];
        if (!await TryReceiveAsync(prefix, ct))
        {
            return null;
        }

        var body = new byte[BinaryPrimitives.ReadUInt32BigEndian(prefix)];
        return await TryReceiveAsync(body, ct) ? body : null;
    }

    /// <summary>The other side closes, and sends nothing before.</summary>
    public async Task IsClosedSilentlyAsync(CancellationToken ct) => Assert.False(await TryReceiveAsync(new byte[1], ct), "The port was not silent.");

    /// <summary>Shakes hands as a member of a server's.</summary>
    /// <returns>Null when the server closes without an answer.</returns>
    public async Task<TestChannel?> GreetAsync(TestPeer member, RepositoryApp app, CancellationToken ct)
    {
        using var handshake = member.Begin(app.NodeId, app.Identity.Ck, app.Clock.GetUtcNow());
        await SendFrameAsync(handshake.Hello, ct);
        if (await ReceiveFrameAsync(ct) is not { } reply)
        {
            return null;
        }

        Assert.True(handshake.TryOpenReply(reply, out var ciphers, out var proof));
        await SendFrameAsync(ciphers.Outgoing.Seal(proof), ct);
        return new TestChannel(this, ciphers);
    }

    public void Dispose()
    {
        _stream.Dispose();
        client.Dispose();
    }

    private async Task<bool> TryReceiveAsync(byte[] bytes, CancellationToken ct)
    {
        try
        {
            return await _stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct) == bytes.Length;
        }
        catch (IOException reset) when (reset.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return false; // Bytes that nobody read make a close a reset.
        }
    }
}

/// <summary>A connection after the handshake.</summary>
internal sealed class TestChannel(TestWire wire, ChannelCiphers ciphers) : IDisposable
{
    public TestWire Wire => wire;

    /// <summary>The body of the next frame, sealed in its turn.</summary>
    public byte[] Seal(ClusterMessage message) => ciphers.Outgoing.Seal(message.ToCbor());

    public Task SendAsync(byte[] message, CancellationToken ct) => wire.SendFrameAsync(ciphers.Outgoing.Seal(message), ct);

    /// <returns>The next message; null at the end.</returns>
    public async Task<ClusterMessage?> ReceiveAsync(CancellationToken ct)
    {
        if (await wire.ReceiveFrameAsync(ct) is not { } body)
        {
            return null;
        }

        Assert.True(ciphers.Incoming.TryOpen(body, out var encoded));
        Assert.True(ClusterMessage.TryRead(encoded, out var message));
        return message;
    }

    public async Task<ClusterMessage?> AskAsync(ClusterMessage message, CancellationToken ct)
    {
        await SendAsync(message.ToCbor(), ct);
        return await ReceiveAsync(ct);
    }

    /// <summary>The connection is served.</summary>
    public async Task IsAliveAsync(ulong n, CancellationToken ct) =>
        Assert.Equal(new ClusterMessage.Ack(n), await AskAsync(new ClusterMessage.KeepAlive(n), ct));

    public void Dispose()
    {
        ciphers.Dispose();
        wire.Dispose();
    }
}
