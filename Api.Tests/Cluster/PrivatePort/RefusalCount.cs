using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Cluster.PrivatePort;

namespace Repository.Api.Tests.Cluster.PrivatePort;

/// <summary>What the server's metrics say of the callers that it refused.</summary>
internal sealed class RefusalCount : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counted = new(StringComparer.Ordinal);

    public RefusalCount(RepositoryApp app)
    {
        var meters = app.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Meter.Name is CallerRefusals.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            _counted.AddOrUpdate((string)tags[0].Value!, value, (_, before) => before + value));
        _listener.Start();
    }

    public long Of(CallerRefusal reason) => _counted.GetValueOrDefault(reason.ToString());

    /// <summary>Waits until so many were counted: the other side may see the end before the server has counted it.</summary>
    public async Task ReachesAsync(CallerRefusal reason, long count, CancellationToken ct)
    {
        while (Of(reason) < count)
        {
            ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(count, Of(reason));
    }

    public void Dispose() => _listener.Dispose();
}
