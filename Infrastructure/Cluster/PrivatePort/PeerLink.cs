using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Repository.Domain.Cluster;

namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>Keeps a connection open to one other node: connects, talks, and connects again with back-off until it is told to stop.</summary>
internal sealed partial class PeerLink(
    PeerCall call,
    PeerConversation conversation,
    PeerAddresses addresses,
    TimeProvider clock,
    ILogger<PeerLink> logger)
{
    /// <summary>Goes on until it is cancelled, and then returns.</summary>
    public async Task RunAsync(NodeId peer, CancellationToken ct)
    {
        try
        {
            var failures = 0;
            while (true)
            {
                failures = await TryTalkAsync(peer, ct) ? 0 : failures + 1;
                await Task.Delay(BackOff.After(failures), clock, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The node is no member any more, or this one stops.
        }
    }

    private async Task<bool> TryTalkAsync(NodeId peer, CancellationToken ct)
    {
        try
        {
            return await TalkAsync(peer, ct);
        }
#pragma warning disable CA1031 // Top of a background loop: what went wrong with one peer must not end its link, nor the others'.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFailed(peer, failure);
            return false;
        }
    }

    /// <returns>Whether the other one was there and proved itself.</returns>
    private async Task<bool> TalkAsync(NodeId id, CancellationToken ct)
    {
        if (addresses.Find(id) is not ({ } peer, { } endpoint) || await call.ConnectAsync(endpoint, ct) is not { } socket)
        {
            return false;
        }

        await using var stream = new NetworkStream(socket, ownsSocket: true);
        addresses.Met((socket.RemoteEndPoint as IPEndPoint)?.Address);
        if (await call.GreetAsync(new StreamPipe(stream), peer, ct) is not { } channel)
        {
            return false;
        }

        using (channel)
        {
            LogConnected(id, endpoint);
            await conversation.ExecuteAsync(channel, peer, clock, ct);
            LogEnded(id);
        }

        return true;
    }

    [LoggerMessage(LogLevel.Information, "Connected to node {Peer} at {Endpoint}")]
    private partial void LogConnected(NodeId peer, MemberEndpoint endpoint);

    [LoggerMessage(LogLevel.Information, "The connection to node {Peer} has ended")]
    private partial void LogEnded(NodeId peer);

    [LoggerMessage(LogLevel.Error, "Talking to node {Peer} failed; it is called again")]
    private partial void LogFailed(NodeId peer, Exception failure);
}
