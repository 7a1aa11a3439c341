namespace Repository.Infrastructure.Signals;

/// <summary>
/// Tells those who wait that they have to look again. A signal carries no data and may come for nothing, twice, or late: whoever is told
/// reads, and what it reads decides. The order that misses nothing is: register, read, wait; and for a writer: commit, raise.
/// </summary>
internal interface ISignals
{
    /// <summary>Tells everyone who waits on a topic, at every node. To be called once the write is durable, never before. Does not fail and does not wait.</summary>
    void Raise(Topic topic);

    /// <summary>Tells a waiter of every signal from now on, until the registration is disposed of.</summary>
    IDisposable Register(Topic topic, IWaiter waiter);
}

/// <summary>Who is told by <see cref="ISignals"/>.</summary>
internal interface IWaiter
{
    /// <summary>Something may have changed. Returns at once, does not throw, and may be called from any thread, also once after the registration ended.</summary>
    void Look();
}
