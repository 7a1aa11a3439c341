using System.IO.Pipelines;
using System.Net.Sockets;
using Repository.Domain.Cluster;
using Repository.Domain.Cluster.PrivatePort;

namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>The caller's side of a connection: the handshake, then a question and its answer in turn, each in a bounded time.</summary>
internal sealed class PeerCall(NodeIdentity identity, TimeProvider clock)
{
    /// <summary>To connect, to shake hands, and for each answer.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <returns>The channel, to be disposed of; null unless the node that was meant answered in time.</returns>
    public async Task<MemberChannel?> GreetAsync(IDuplexPipe pipe, Node peer, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(AnswerTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        var transport = new FrameTransport(pipe);
        using var handshake = CallerHandshake.Begin(peer.Id, peer.Descriptor.Ck, identity.Id, clock.GetUtcNow(), data => identity.Sign(data));
        try
        {
            return await transport.WriteAsync(handshake.Hello, either.Token)
                && await transport.ReadAsync(CallerHandshake.ReplySize, either.Token) is { } reply
                    ? await ProveAsync(transport, handshake, reply, either.Token)
                    : null;
        }
        catch (Exception late) when (IsLate(late, ct))
        {
            return null; // The same as no answer.
        }
    }

    /// <returns>The answer; null when there is none in time, or none that can be read.</returns>
    public async Task<ClusterMessage?> AskAsync(MemberChannel channel, ClusterMessage message, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(AnswerTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            return await channel.WriteAsync(message.ToCbor(), either.Token)
                && await channel.ReadAsync(either.Token) is { } encoded
                && ClusterMessage.TryRead(encoded, out var answer)
                    ? answer
                    : null;
        }
        catch (Exception late) when (IsLate(late, ct))
        {
            return null;
        }
    }

    /// <summary>Opens a connection to where the node is reached.</summary>
    /// <returns>The socket, to be disposed of; null when nothing answers there in time.</returns>
    public async Task<Socket?> ConnectAsync(MemberEndpoint endpoint, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(AnswerTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            return await StreamPipe.ConnectAsync(endpoint, either.Token);
        }
        catch (Exception late) when (IsLate(late, ct))
        {
            return null;
        }
    }

    private static async Task<MemberChannel?> ProveAsync(FrameTransport transport, CallerHandshake handshake, byte[] reply, CancellationToken ct)
    {
#pragma warning disable CA2000 // The channel owns the ciphers, and whoever is given the channel disposes of it; otherwise it is disposed of below.
        if (!handshake.TryOpenReply(reply, out var ciphers, out var member))
        {
            return null;
        }

        var channel = new MemberChannel(transport, ciphers);
#pragma warning restore CA2000
        var isSent = false;
        try
        {
            isSent = await channel.WriteAsync(member, ct);
            return isSent ? channel : null;
        }
        finally
        {
            if (!isSent)
            {
                channel.Dispose();
            }
        }
    }

    /// <summary>Whether the other side was too slow, or reset the connection.</summary>
    private static bool IsLate(Exception failure, CancellationToken ct) =>
        failure is IOException || (failure is OperationCanceledException && !ct.IsCancellationRequested);
}
