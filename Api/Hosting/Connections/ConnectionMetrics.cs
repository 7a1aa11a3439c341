using System.Diagnostics.Metrics;

namespace Repository.Api.Hosting.Connections;

/// <summary>What the ports that are not HTTP tell an operator: connections that are open, were refused, or ran out of time; by <c>port</c>.</summary>
internal sealed class ConnectionMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Repository.Connections";

    private const string PortTag = "port";

    private readonly Meter _meter;
    private readonly UpDownCounter<long> _open;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _overdue;

    public ConnectionMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _open = _meter.CreateUpDownCounter<long>("repository.connections.open", "{connection}", "Connections that are open.");
        _refused = _meter.CreateCounter<long>("repository.connections.refused", "{connection}", "Connections closed at once because there were too many.");
        _overdue = _meter.CreateCounter<long>("repository.connections.overdue", "{connection}", "Connections closed because they were silent or too slow.");
    }

    public void Opened(string port) => _open.Add(1, Tag(port));

    public void Closed(string port) => _open.Add(-1, Tag(port));

    public void Refused(string port) => _refused.Add(1, Tag(port));

    public void Overdue(string port) => _overdue.Add(1, Tag(port));

    private static KeyValuePair<string, object?> Tag(string port) => new(PortTag, port);
}
