namespace Repository.Infrastructure.Signals;

/// <summary>
/// Signals among all nodes of one PostgreSQL: within this process at once, to the others by NOTIFY. A notification is sent after the commit
/// and by itself, because NOTIFY inside of a transaction makes commits wait for each other. A signal that is lost with a connection costs
/// time and no event: see <see cref="PostgresSignalListener"/>.
/// </summary>
internal sealed class PostgresSignals(LocalSignals local) : ISignals, IDisposable
{
    /// <summary>How many topics wait to be sent at the most; past that everyone is told to look.</summary>
    private const int MaxPending = 10_000;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _any = new(0, 1);
    private HashSet<Topic> _pending = [];
    private bool _isEveryone;

    public void Raise(Topic topic)
    {
        local.Raise(topic);
        lock (_lock)
        {
            if (_pending.Count == MaxPending)
            {
                _pending.Clear();
                _isEveryone = true;
            }

            if (!_isEveryone)
            {
                _pending.Add(topic);
            }

            if (_any.CurrentCount == 0)
            {
                _any.Release();
            }
        }
    }

    public void Dispose() => _any.Dispose();

    public IDisposable Register(Topic topic, IWaiter waiter) => local.Register(topic, waiter);

    /// <summary>Waits until there is something to send.</summary>
    /// <returns>The topics since the last time; null when there were too many: everyone is to look.</returns>
    public async Task<IReadOnlyCollection<Topic>?> TakeAsync(CancellationToken ct)
    {
        await _any.WaitAsync(ct);
        return Take();
    }

    /// <summary>The topics since the last time, without waiting; null when everyone is to look.</summary>
    public IReadOnlyCollection<Topic>? Take()
    {
        lock (_lock)
        {
            var topics = _isEveryone ? null : _pending;
            (_pending, _isEveryone) = ([], false);
            return topics;
        }
    }

    /// <summary>Takes back what could not be sent.</summary>
    public void Return(IReadOnlyCollection<Topic>? topics)
    {
        lock (_lock)
        {
            _isEveryone |= topics is null || _pending.Count + topics.Count > MaxPending;
            if (!_isEveryone)
            {
                _pending.UnionWith(topics!);
            }

            if (_any.CurrentCount == 0)
            {
                _any.Release();
            }
        }
    }
}
