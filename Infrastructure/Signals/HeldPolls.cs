using Microsoft.Extensions.Options;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Rooms;

namespace Repository.Infrastructure.Signals;

/// <summary>Counts the polls and streams that this node holds, refuses more than are allowed, and ends all of them at once.</summary>
internal sealed class HeldPolls(LocalSignals signals, IOptions<RoomOptions> options) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<HashIdentifier, int> _byUser = [];
    private int _count;
    private CancellationTokenSource _closing = new();

    /// <summary>How many are held now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether nothing is to be held: who waits answers with what there is.</summary>
    public bool IsClosed => Closing.IsCancellationRequested;

    /// <summary>Cancelled when nothing is to be held any more.</summary>
    public CancellationToken Closing => Volatile.Read(ref _closing).Token;

    /// <summary>Takes a place for a poll of this user.</summary>
    /// <returns>False when there is none; true obliges to <see cref="Leave"/>.</returns>
    public bool TryEnter(HashIdentifier user)
    {
        lock (_lock)
        {
            var own = _byUser.GetValueOrDefault(user);
            if (_count >= options.Value.MaxHeldPolls || own >= options.Value.MaxHeldPollsPerCaller)
            {
                return false;
            }

            _byUser[user] = own + 1;
            _count++;
            return true;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Leave(HashIdentifier user)
    {
        lock (_lock)
        {
            _count--;
            if (_byUser[user] == 1)
            {
                _byUser.Remove(user);
            }
            else
            {
                _byUser[user]--;
            }
        }
    }

    /// <summary>Ends all that are held, and holds no more: the server stops, or the node is cut off.</summary>
    public void Close()
    {
        Volatile.Read(ref _closing).Cancel();
        signals.RaiseAll();
    }

    /// <summary>Holds polls again, after <see cref="Close"/>.</summary>
    public void Open() => Interlocked.Exchange(ref _closing, new CancellationTokenSource()).Dispose();

    public void Dispose() => _closing.Dispose();
}
