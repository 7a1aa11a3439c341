using System.Net;
using System.Net.Sockets;

namespace Repository.Benchmarks.Load.Processes;

/// <summary>Free ports on loopback.</summary>
internal static class LoopbackPort
{
    public static IPEndPoint Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }
}
