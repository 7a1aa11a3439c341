using System.Diagnostics.Metrics;

namespace Repository.Infrastructure.Storage;

/// <summary>What the write queue tells an operator: depth, commits, writes, refusals.</summary>
internal sealed class StorageMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Repository.Storage";

    private readonly Meter _meter;
    private readonly Counter<long> _commits;
    private readonly Counter<long> _writes;
    private readonly Counter<long> _refusals;

    public StorageMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _commits = _meter.CreateCounter<long>("repository.storage.commits", "{commit}", "Transactions made durable.");
        _writes = _meter.CreateCounter<long>("repository.storage.writes", "{write}", "Operations made durable.");
        _refusals = _meter.CreateCounter<long>("repository.storage.refusals", "{write}", "Operations refused because the queue was full.");
    }

    public void ObserveDepth(Func<int> depth) =>
        _meter.CreateObservableGauge("repository.storage.queue_depth", depth, "{write}", "Operations that wait or run.");

    public void Committed(int writes)
    {
        _commits.Add(1);
        _writes.Add(writes);
    }

    public void Refused() => _refusals.Add(1);
}
