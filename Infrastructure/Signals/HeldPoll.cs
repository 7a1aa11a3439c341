namespace Repository.Infrastructure.Signals;

/// <summary>
/// One caller that waits: a small object and one timer. It remembers what it was told while nobody awaited it, so nothing is lost between
/// a read and the wait after it.
/// </summary>
internal class HeldPoll : IWaiter, IDisposable
{
    private readonly ITimer _timer;
    private TaskCompletionSource? _waiting;
    private Wakes _wakes;

    /// <param name="time">How long it may take, by the clock's timers.</param>
    /// <param name="clock">The clock.</param>
    public HeldPoll(TimeSpan time, TimeProvider clock) =>
        _timer = clock.CreateTimer(static poll => ((HeldPoll)poll!).Wake(Wakes.TimeIsUp), this, time, Timeout.InfiniteTimeSpan);

    /// <summary>Guards what it is told.</summary>
    protected Lock Guard { get; } = new();

    /// <summary>Gives it another time from now on.</summary>
    public void Restart(TimeSpan time) => _timer.Change(time, Timeout.InfiniteTimeSpan);

    public void Look() => Wake(Wakes.Look);

    /// <summary>Waits until it was told something.</summary>
    /// <returns>All that it was told since the last time.</returns>
    public async ValueTask<Wakes> WaitAsync(CancellationToken ct)
    {
        Task? told = null;
        lock (Guard)
        {
            if (_wakes == Wakes.None)
            {
                _waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                told = _waiting.Task;
            }
        }

        if (told is not null)
        {
            // In place of WaitAsync(ct), which takes more memory for as long as it waits.
            await using var departure = ct.UnsafeRegister(static poll => ((HeldPoll)poll!).Wake(Wakes.CallerWent), this);
            await told;
        }

        ct.ThrowIfCancellationRequested();
        return Take();
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _timer.Dispose();
    }

    /// <summary>Tells it something.</summary>
    protected void Wake(Wakes wakes)
    {
        lock (Guard)
        {
            _wakes |= wakes;
            _waiting?.TrySetResult();
            _waiting = null;
        }
    }

    private Wakes Take()
    {
        lock (Guard)
        {
            var wakes = _wakes;
            _wakes = Wakes.None;
            return wakes;
        }
    }
}

/// <summary>What a <see cref="HeldPoll"/> can be told.</summary>
[Flags]
internal enum Wakes
{
    None = 0,

    /// <summary>Something may have changed: read again.</summary>
    Look = 1,

    /// <summary>Something was read for it.</summary>
    Served = 2,

    TimeIsUp = 4,

    CallerWent = 8,
}
