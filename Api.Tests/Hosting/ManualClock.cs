namespace Repository.Api.Tests.Hosting;

/// <summary>A clock that stands still until a test moves it. Its timers fire when it is moved past their time, in order.</summary>
public sealed class ManualClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 11, 21, 19, 19, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, forward or back, and fires what is due.</summary>
    public void Advance(TimeSpan span)
    {
        lock (_lock)
        {
            _now += span;
        }

        while (TakeDue() is { } due)
        {
            due.Fire();
        }
    }

    /// <summary>Waits until so many timers are set that are due when the clock has moved so far, as whoever waits for that long has set one.</summary>
    public async Task TimerSetAsync(TimeSpan dueIn, CancellationToken ct, int count = 1)
    {
        while (CountOf(dueIn) < count)
        {
            ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private int CountOf(TimeSpan dueIn)
    {
        lock (_lock)
        {
            return _timers.Count(timer => timer.DueDate == _now + dueIn);
        }
    }

    private ManualTimer? TakeDue()
    {
        lock (_lock)
        {
            var due = _timers.Where(timer => timer.DueDate <= _now).MinBy(timer => timer.DueDate);
            due?.Schedule();
            return due;
        }
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset DueDate { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                _period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    DueDate = clock._now + dueTime;
                    clock._timers.Add(this);
                }
            }

            return true;
        }

        /// <summary>Sets the next time, or takes the timer out; missed periods are one. Called under the clock's lock.</summary>
        public void Schedule()
        {
            if (_period > TimeSpan.Zero)
            {
                DueDate = clock._now + _period;
            }
            else
            {
                clock._timers.Remove(this);
            }
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
