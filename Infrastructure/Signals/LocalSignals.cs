using System.Runtime.InteropServices;

namespace Repository.Infrastructure.Signals;

/// <summary>
/// Signals within this process: all there is to it on SQLite. A topic that nobody waits on takes no memory, and a waiter takes one small
/// object a topic.
/// </summary>
internal sealed class LocalSignals : ISignals
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Topic, Registration> _first = [];

    /// <summary>How many topics are waited on.</summary>
    public int Topics
    {
        get
        {
            lock (_lock)
            {
                return _first.Count;
            }
        }
    }

    public void Raise(Topic topic)
    {
        IWaiter[] waiters;
        lock (_lock)
        {
            if (!_first.TryGetValue(topic, out var first))
            {
                return;
            }

            waiters = [.. Chain(first)];
        }

        Tell(waiters);
    }

    /// <summary>Tells everyone: for when signals may have been lost.</summary>
    public void RaiseAll() => RaiseWhere(static _ => true);

    /// <summary>Tells everyone who waits on a room.</summary>
    public void RaiseRooms() => RaiseWhere(static topic => topic.IsRoom);

    public IDisposable Register(Topic topic, IWaiter waiter)
    {
        var registration = new Registration(this, topic, waiter);
        lock (_lock)
        {
            ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_first, topic, out _);
            registration.Next = first;
            if (first is not null)
            {
                first.Previous = registration;
            }

            first = registration;
        }

        return registration;
    }

    private void RaiseWhere(Func<Topic, bool> isMeant)
    {
        IWaiter[] waiters;
        lock (_lock)
        {
            waiters = [.. _first.Where(topic => isMeant(topic.Key)).SelectMany(static topic => Chain(topic.Value)).Distinct()];
        }

        Tell(waiters);
    }

    /// <summary>Outside the lock: a waiter may register or leave when it is told.</summary>
    private static void Tell(IWaiter[] waiters)
    {
        foreach (var waiter in waiters)
        {
            waiter.Look();
        }
    }

    private static IEnumerable<IWaiter> Chain(Registration? registration)
    {
        for (; registration is not null; registration = registration.Next)
        {
            yield return registration.Waiter;
        }
    }

    private void Remove(Registration registration)
    {
        lock (_lock)
        {
            if (registration.IsRemoved)
            {
                return;
            }

            registration.IsRemoved = true;
            if (registration.Next is { } next)
            {
                next.Previous = registration.Previous;
            }

            if (registration.Previous is { } previous)
            {
                previous.Next = registration.Next;
            }
            else if (registration.Next is { } second)
            {
                _first[registration.Topic] = second;
            }
            else
            {
                _first.Remove(registration.Topic);
            }
        }
    }

    /// <summary>A link in the chain of a topic's waiters.</summary>
    private sealed class Registration(LocalSignals signals, Topic topic, IWaiter waiter) : IDisposable
    {
        public Topic Topic => topic;

        public IWaiter Waiter => waiter;

        public Registration? Previous { get; set; }

        public Registration? Next { get; set; }

        public bool IsRemoved { get; set; }

        public void Dispose() => signals.Remove(this);
    }
}
