using System.Runtime.InteropServices;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Rooms;
using Repository.Infrastructure.Signals;

namespace Repository.Api.Rooms;

/// <summary>The rooms that are waited on at this node. A room that nobody waits on has nothing here.</summary>
internal sealed class RoomFeeds(ISignals signals, RoomLog log, ILogger<RoomFeed> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RoomId, RoomFeed> _feeds = [];

    /// <summary>Lets a waiter be served or told of every signal of its room from now on.</summary>
    public void Enter(RoomWaiter waiter)
    {
        lock (_lock)
        {
            ref var feed = ref CollectionsMarshal.GetValueRefOrAddDefault(_feeds, waiter.Room, out _);
#pragma warning disable CA2000 // Disposed of when its last waiter leaves.
            feed ??= new RoomFeed(waiter.Room, this, signals, log, logger);
#pragma warning restore CA2000
            waiter.NextWaiter = feed.First;
            if (feed.First is { } first)
            {
                first.Previous = waiter;
            }

            feed.First = waiter;
            feed.Count++;
        }
    }

    public void Leave(RoomWaiter waiter)
    {
        lock (_lock)
        {
            var feed = _feeds[waiter.Room];
            if (waiter.NextWaiter is { } next)
            {
                next.Previous = waiter.Previous;
            }

            if (waiter.Previous is { } previous)
            {
                previous.NextWaiter = waiter.NextWaiter;
            }
            else
            {
                feed.First = waiter.NextWaiter;
            }

            if (--feed.Count == 0)
            {
                _feeds.Remove(waiter.Room);
                feed.Dispose();
            }
        }
    }

    /// <summary>Who waits on a room now.</summary>
    public List<RoomWaiter> WaitersOf(RoomFeed feed)
    {
        lock (_lock)
        {
            var waiters = new List<RoomWaiter>(feed.Count);
            for (var waiter = feed.First; waiter is not null; waiter = waiter.NextWaiter)
            {
                waiters.Add(waiter);
            }

            return waiters;
        }
    }
}
