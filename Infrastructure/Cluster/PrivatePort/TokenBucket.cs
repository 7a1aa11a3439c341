namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>Lets so many through at once, and so many a second after that. For any number of threads.</summary>
/// <param name="burst">How many at once.</param>
/// <param name="perSecond">How many a second.</param>
/// <param name="clock">What counts the seconds.</param>
internal sealed class TokenBucket(int burst, int perSecond, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private double _tokens = burst;
    private long _filled = clock.GetTimestamp();

    public bool TryTake()
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            var grown = Math.Max(0, clock.GetElapsedTime(_filled, now).TotalSeconds) * perSecond;
            _tokens = Math.Min(burst, _tokens + grown);
            _filled = now;
            if (_tokens < 1)
            {
                return false;
            }

            _tokens--;
            return true;
        }
    }
}
