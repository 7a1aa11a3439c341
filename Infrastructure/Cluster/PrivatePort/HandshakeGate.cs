using System.Net;

namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>
/// What strangers can make this node do before they prove themselves: so many handshakes open at once, and so many RSA decryptions (each
/// about a millisecond) a second. There are two lanes, so that a flood from elsewhere does not touch callers from addresses where a member
/// was met before, by being called there or by having proved itself from there.
/// </summary>
internal sealed class HandshakeGate(TimeProvider clock)
{
    /// <summary>How many hellos may be decrypted at once.</summary>
    public const int DecryptionBurst = 256;

    /// <summary>And how many a second: a twentieth of a core, or a tenth with keys of 3072 bits, in each lane.</summary>
    public const int DecryptionsPerSecond = 64;

    private const int MaxKnown = 1_024;

    private readonly HandshakeLane _strangers = new(new TokenBucket(DecryptionBurst, DecryptionsPerSecond, clock));
    private readonly HandshakeLane _members = new(new TokenBucket(DecryptionBurst, DecryptionsPerSecond, clock));
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, DateTimeOffset> _known = [];

    /// <summary>Lets a connection begin its handshake, which is over when what is returned is disposed of.</summary>
    public PendingHandshake Enter(IPAddress? address) => (IsKnown(address) ? _members : _strangers).Enter();

    /// <summary>Notes that a member was met at this address.</summary>
    public void Remember(IPAddress? address)
    {
        if (address is null)
        {
            return;
        }

        lock (_lock)
        {
            if (_known.Count == MaxKnown && !_known.ContainsKey(Plain(address)))
            {
                _known.Remove(_known.MinBy(static known => known.Value).Key);
            }

            _known[Plain(address)] = clock.GetUtcNow();
        }
    }

    private bool IsKnown(IPAddress? address)
    {
        lock (_lock)
        {
            return address is not null && _known.ContainsKey(Plain(address));
        }
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
