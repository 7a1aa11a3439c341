using System.IO.Pipelines;
using System.Net.Sockets;

namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>A connection that this node opened.</summary>
internal sealed class StreamPipe(Stream stream) : IDuplexPipe
{
    public PipeReader Input { get; } = PipeReader.Create(stream);

    public PipeWriter Output { get; } = PipeWriter.Create(stream);

    /// <summary>Opens a connection.</summary>
    /// <returns>Null when nothing answers there.</returns>
    public static async Task<Socket?> ConnectAsync(Domain.Cluster.MemberEndpoint endpoint, CancellationToken ct)
    {
        var text = endpoint.ToString();
        var colon = text.LastIndexOf(':');
        var port = int.Parse(text.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(text[..colon].Trim('[', ']'), port, ct);
            return socket;
        }
        catch (SocketException)
        {
            // It is not there, or its name is not known: the caller tries again later.
            socket.Dispose();
            return null;
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }
}
