using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Repository.Benchmarks.Load.Measuring;

namespace Repository.Benchmarks.Load.Client;

/// <summary>A conversation that goes on with the next node when the one it speaks to is gone.</summary>
internal sealed class RoamingConnection(IReadOnlyList<IPEndPoint> nodes, int first, Conversation conversation)
{
    private int _node = first;

    /// <summary>How often the node was gone.</summary>
    public int Moves { get; private set; }

    public async Task RunAsync(SampleWindow window, CancellationToken ct)
    {
        while (!window.IsOver(Stopwatch.GetTimestamp()))
        {
            try
            {
                await new LoadConnection(nodes[_node], conversation).RunAsync(window, ct);
            }
            catch (Exception cut) when (cut is SocketException or ConnectionEndedException)
            {
                _node = (_node + 1) % nodes.Count;
                Moves++;
            }
        }
    }
}
