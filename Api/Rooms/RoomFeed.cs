using Repository.Domain.Rooms;
using Repository.Infrastructure.Rooms;
using Repository.Infrastructure.Signals;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Rooms;

/// <summary>
/// One room that is waited on: at a signal it reads the log once for all who stand at one sequence, and not once for each. Signals that
/// come while it reads make one more round.
/// </summary>
internal sealed partial class RoomFeed : IWaiter, IThreadPoolWorkItem, IDisposable
{
    private const int Idle = 0;
    private const int Running = 1;
    private const int RunningAndTold = 2;

    private readonly RoomId _room;
    private readonly RoomFeeds _feeds;
    private readonly RoomLog _log;
    private readonly ILogger _logger;
    private readonly IDisposable _registration;
    private int _state;

    public RoomFeed(RoomId room, RoomFeeds feeds, ISignals signals, RoomLog log, ILogger logger)
    {
        _room = room;
        _feeds = feeds;
        _log = log;
        _logger = logger;
        _registration = signals.Register(Topic.Room(room), this);
    }

    /// <summary>The chain of those who wait; <see cref="RoomFeeds"/> guards it.</summary>
    public RoomWaiter? First { get; set; }

    /// <inheritdoc cref="First"/>
    public int Count { get; set; }

    public void Look()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            var told = state == Idle ? Running : RunningAndTold;
            if (Interlocked.CompareExchange(ref _state, told, state) == state)
            {
                if (state == Idle)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                }

                return;
            }
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync(CancellationToken.None); // It ends by itself, after a read or two.

    public void Dispose() => _registration.Dispose();

    private async Task RunAsync(CancellationToken ct)
    {
        do
        {
            Volatile.Write(ref _state, Running);
            var waiters = _feeds.WaitersOf(this);
            try
            {
                await ServeAsync(waiters, ct);
            }
#pragma warning disable CA1031 // Top of a background loop: each waiter reads by itself then, and answers with what that comes to.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                if (!StorageOutage.Caused(failure))
                {
                    LogRoundFailed(_room, failure);
                }

                waiters.ForEach(static waiter => waiter.Look());
            }
        }
        while (Interlocked.CompareExchange(ref _state, Idle, Running) != Running);
    }

    private async Task ServeAsync(List<RoomWaiter> waiters, CancellationToken ct)
    {
        foreach (var group in waiters.GroupBy(static waiter => (waiter.After, waiter.Limit)))
        {
            if (group.Key.After is not { } after)
            {
                foreach (var waiter in group)
                {
                    waiter.Look(); // It is between a read and a wait, and reads once more.
                }

                continue;
            }

            var reading = await _log.ReadForAllAsync(_room, after, Math.Min(group.Key.Limit, RoomLog.MaxEventsPerRead), ct);
            var page = reading is null ? null : new EventPage(reading.Events, EventPosition.After(reading.ReadTo));
            foreach (var waiter in group)
            {
                waiter.Serve(after, reading, page);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Reading the log of room {Room} for those who wait failed; each reads by itself")]
    private partial void LogRoundFailed(RoomId room, Exception failure);
}
