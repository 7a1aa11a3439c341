using System.Buffers.Binary;

namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>
/// Remembers each hello that was let in for as long as its time could be accepted again: 60 s before it and 60 s after. Only what a member
/// signed comes here, and no more of that than the <see cref="HandshakeGate"/> lets through, so strangers cannot fill it.
/// </summary>
internal sealed class SeenSalts(TimeProvider clock)
{
    /// <summary>Twice the tolerance of a hello's time.</summary>
    public static readonly TimeSpan Lifetime = 2 * HelloCheck.Tolerance;

    /// <summary>What both lanes of the gate let through in that time; one more is refused.</summary>
    public const int MaxKept = 2 * (HandshakeGate.DecryptionBurst + (120 * HandshakeGate.DecryptionsPerSecond));

    private readonly Lock _lock = new();
    private readonly HashSet<UInt128> _seen = [];
    private readonly Queue<(DateTimeOffset Until, UInt128 Salt)> _order = new();
    private DateTimeOffset? _startDate;

    /// <summary>Before it nothing is remembered, so nothing of an earlier time is let in.</summary>
    public DateTimeOffset StartDate => _startDate ?? DateTimeOffset.MaxValue;

    /// <summary>Says that this process listens from now on, and is alone with its identity. Said again, it changes nothing.</summary>
    public void Begin() => _startDate ??= clock.GetUtcNow();

    /// <returns>False when it was seen in the time that counts, or when there is no room to remember it.</returns>
    public bool TryAdd(ReadOnlySpan<byte> salt1)
    {
        var salt = BinaryPrimitives.ReadUInt128BigEndian(salt1);
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            while (_order.TryPeek(out var oldest) && oldest.Until < now)
            {
                _seen.Remove(_order.Dequeue().Salt);
            }

            if (_seen.Count == MaxKept || !_seen.Add(salt))
            {
                return false;
            }

            _order.Enqueue((now + Lifetime, salt));
            return true;
        }
    }
}
