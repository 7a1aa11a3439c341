using System.IO.Pipelines;
using System.Net;

namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>Serves one connection of the private port, over whatever carries its bytes.</summary>
internal sealed class PrivatePortServer(ServerGreeting greeting, ServerConversation conversation, MemberConnections connections)
{
    /// <summary>Returns when the connection is to be closed.</summary>
    /// <param name="pipe">The connection.</param>
    /// <param name="address">Where it comes from; null where that is not known.</param>
    /// <param name="ct">Cancelled when the port stops.</param>
    public async Task ServeAsync(IDuplexPipe pipe, IPAddress? address, CancellationToken ct)
    {
        if (await greeting.ExecuteAsync(new FrameTransport(pipe), address, ct) is not { } member)
        {
            return;
        }

        using var channel = member.Channel;
        using var connection = connections.Open(member.Node.Id);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, connection.WasCut);
        try
        {
            await conversation.ExecuteAsync(member, either.Token);
        }
        catch (OperationCanceledException) when (connection.WasCut.IsCancellationRequested)
        {
            // It is no member any more, or has another connection.
        }
    }
}
