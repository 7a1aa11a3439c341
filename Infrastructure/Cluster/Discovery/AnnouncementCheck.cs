using Repository.Domain.Cluster;
using Repository.Infrastructure.Cluster.PrivatePort;

namespace Repository.Infrastructure.Cluster.Discovery;

/// <summary>
/// Judges datagrams of the local network. What is not by another active member, fresh and signed, is dropped without a word; what costs nothing
/// is asked first, and so many signatures are checked a second.
/// </summary>
internal sealed class AnnouncementCheck(NodeDirectory directory, NodeIdentity identity, PeerAddresses addresses, TimeProvider clock)
{
    /// <summary>How far an announcement's time may be off, inclusive.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    /// <summary>How many signatures are checked at once, and a second: about a hundredth of a core.</summary>
    public const int ChecksPerSecond = 200;

    private readonly TokenBucket _checks = new(ChecksPerSecond, ChecksPerSecond, clock);

    /// <returns>Whether it taught something: where a member is reached is noted.</returns>
    public bool Hear(ReadOnlySpan<byte> bytes)
    {
        if (!DiscoveryDatagram.TryRead(bytes, out var datagram)
            || (clock.GetUtcNow() - datagram.Date).Duration() > Tolerance
            || datagram.NodeId == identity.Id
            || directory.Find(datagram.NodeId) is not { IsActive: true } node
            || !_checks.TryTake()
            || !datagram.IsSignedBy(node.Descriptor.Sk))
        {
            return false;
        }

        addresses.Announced(node.Id, datagram.Endpoint, datagram.Date);
        return true;
    }
}
