namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>
/// The handshakes of one kind of callers that are going on. One more than <see cref="MaxPending"/> ends the oldest: who means it is done in
/// one round trip, so connections that only wait make room for those that come.
/// </summary>
internal sealed class HandshakeLane(TokenBucket decryptions)
{
    public const int MaxPending = 256;

    private readonly Lock _lock = new();
    private readonly LinkedList<PendingHandshake> _pending = new();

    public PendingHandshake Enter()
    {
        var entered = new PendingHandshake(this);
        lock (_lock)
        {
            if (_pending.Count == MaxPending)
            {
                var oldest = _pending.First!.Value;
                _pending.RemoveFirst();
                oldest.Evict();
            }

            entered.Place = _pending.AddLast(entered);
        }

        return entered;
    }

    public bool TryTakeDecryption() => decryptions.TryTake();

    public void Leave(PendingHandshake pending)
    {
        lock (_lock)
        {
            if (pending.Place?.List is not null)
            {
                _pending.Remove(pending.Place);
            }

            pending.Release();
        }
    }
}

/// <summary>A connection whose caller has not proved itself yet.</summary>
internal sealed class PendingHandshake(HandshakeLane lane) : IDisposable
{
    private readonly CancellationTokenSource _evicted = new();

    /// <summary>Cancelled when it has to make room.</summary>
    public CancellationToken Evicted => _evicted.Token;

    /// <summary>Where it stands among the others; the lane's.</summary>
    internal LinkedListNode<PendingHandshake>? Place { get; set; }

    /// <summary>Whether a hello may be decrypted now.</summary>
    public bool TryTakeDecryption() => lane.TryTakeDecryption();

    public void Dispose() => lane.Leave(this);

    /// <summary>Called under the lane's lock; whoever waits goes on elsewhere.</summary>
    internal void Evict() => _ = _evicted.CancelAsync();

    /// <summary>Called under the lane's lock, so never while it is evicted.</summary>
    internal void Release() => _evicted.Dispose();
}
