using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>Counts who was refused at the private port, and says so in the log, but not as often as strangers would like.</summary>
internal sealed partial class CallerRefusals
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Repository.Cluster";

    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock;
    private readonly ILogger<CallerRefusals> _logger;
    private readonly Meter _meter;
    private readonly Counter<long> _counter;
    private readonly Lock _lock = new();
    private DateTimeOffset _silentUntil = DateTimeOffset.MinValue;
    private long _unsaid;

    public CallerRefusals(IMeterFactory meters, TimeProvider clock, ILogger<CallerRefusals> logger)
    {
        _clock = clock;
        _logger = logger;
        _meter = meters.Create(MeterName);
        _counter = _meter.CreateCounter<long>(
            "repository.cluster.refused_callers", "{connection}", "Connections to the private port that were closed without an answer; by reason.");
    }

    public void Add(CallerRefusal reason)
    {
        _counter.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));
        if (TakeUnsaid() is { } count)
        {
            LogRefused(_logger, count, reason);
        }
    }

    /// <returns>How many there were since it was said last; null when it is too early to say it again.</returns>
    private long? TakeUnsaid()
    {
        var now = _clock.GetUtcNow();
        lock (_lock)
        {
            _unsaid++;
            if (now < _silentUntil)
            {
                return null;
            }

            _silentUntil = now + LogInterval;
            var count = _unsaid;
            _unsaid = 0;
            return count;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The private port closed {Count} connections without an answer since it was last said; the last one: {Reason}")]
    private static partial void LogRefused(ILogger logger, long count, CallerRefusal reason);
}
