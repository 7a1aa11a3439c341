using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Cluster.Discovery;

/// <summary>Datagrams to and from <c>Cluster:DiscoveryGroup</c>, over every interface that has multicast; without one, over loopback.</summary>
internal sealed class DiscoverySocket(IOptions<ClusterOptions> options) : IDisposable
{
    private readonly IPEndPoint _group = IPEndPoint.Parse(options.Value.DiscoveryGroup);
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private IReadOnlyList<int> _interfaces = [];

    /// <summary>Listens from now on.</summary>
    /// <exception cref="StartRefusedException">The port cannot be used, or no interface takes the group.</exception>
    public void Open()
    {
        try
        {
            // Several nodes of one machine hear the same group.
            _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
            _socket.MulticastLoopback = true;
            _socket.Bind(new IPEndPoint(IPAddress.Any, _group.Port));
        }
        catch (SocketException failure)
        {
            throw new StartRefusedException($"{Setting}: {_group}: {failure.Message}", failure);
        }

        _interfaces = [.. FindInterfaces().Where(TryJoin)];
        if (_interfaces.Count == 0)
        {
            throw new StartRefusedException($"{Setting}: {_group}: no network interface of this machine takes a multicast group.");
        }
    }

    /// <summary>Sends over every interface; one that is down is left out.</summary>
    /// <returns>Over how many it was sent.</returns>
    public async Task<int> SendAsync(ReadOnlyMemory<byte> datagram, CancellationToken ct)
    {
        var sent = 0;
        foreach (var index in _interfaces)
        {
            try
            {
                _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.HostToNetworkOrder(index));
                await _socket.SendToAsync(datagram, SocketFlags.None, _group, ct);
                sent++;
            }
            catch (SocketException)
            {
                // An interface goes down and comes up again; the next announcement is in a few seconds.
            }
        }

        return sent;
    }

    /// <returns>The length of the next datagram; null where it was longer than the buffer.</returns>
    public async ValueTask<int?> ReceiveAsync(Memory<byte> buffer, CancellationToken ct)
    {
        try
        {
            return (await _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), ct)).ReceivedBytes;
        }
        catch (SocketException tooLong) when (tooLong.SocketErrorCode == SocketError.MessageSize)
        {
            return null;
        }
    }

    public void Dispose() => _socket.Dispose();

    private static string Setting => $"{ClusterOptions.Section}:{nameof(ClusterOptions.DiscoveryGroup)}";

    private bool TryJoin(int index)
    {
        try
        {
            _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(_group.Address, index));
            return true;
        }
        catch (SocketException)
        {
            return false; // Not every interface has addresses of this kind.
        }
    }

    private static List<int> FindInterfaces()
    {
        var up = NetworkInterface.GetAllNetworkInterfaces()
            .Where(static candidate => candidate.OperationalStatus != OperationalStatus.Down && candidate.Supports(NetworkInterfaceComponent.IPv4))
            .ToLookup(static candidate => candidate.NetworkInterfaceType == NetworkInterfaceType.Loopback);
        var outside = up[false].Where(static candidate => candidate.SupportsMulticast).ToList();
        return (outside.Count > 0 ? outside : up[true]).Select(static candidate => candidate.GetIPProperties().GetIPv4Properties().Index).ToList();
    }
}
