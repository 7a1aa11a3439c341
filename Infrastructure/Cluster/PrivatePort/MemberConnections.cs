using Repository.Domain.Cluster;

namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>The connections that members opened to this node: one of each. A node that calls again has given up the one before.</summary>
internal sealed class MemberConnections
{
    private readonly Lock _lock = new();
    private readonly Dictionary<NodeId, MemberConnection> _open = [];

    /// <summary>Which nodes are connected.</summary>
    public IReadOnlyCollection<NodeId> Nodes
    {
        get
        {
            lock (_lock)
            {
                return [.. _open.Keys];
            }
        }
    }

    public MemberConnection Open(NodeId node)
    {
        var opened = new MemberConnection(this, node);
        lock (_lock)
        {
            if (_open.TryGetValue(node, out var former))
            {
                former.Cut();
            }

            _open[node] = opened;
        }

        return opened;
    }

    /// <summary>Cuts the connections of all other nodes.</summary>
    public void KeepOnly(IReadOnlySet<NodeId> nodes)
    {
        lock (_lock)
        {
            foreach (var (_, connection) in _open.Where(open => !nodes.Contains(open.Key)))
            {
                connection.Cut();
            }
        }
    }

    internal void Close(MemberConnection connection)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(connection.Node, out var open) && open == connection)
            {
                _open.Remove(connection.Node);
            }

            connection.Release();
        }
    }
}

/// <summary>A connection that a member opened.</summary>
internal sealed class MemberConnection(MemberConnections connections, NodeId node) : IDisposable
{
    private readonly CancellationTokenSource _cut = new();

    public NodeId Node => node;

    /// <summary>Cancelled when the node is no longer a member, or has called again.</summary>
    public CancellationToken WasCut => _cut.Token;

    public void Dispose() => connections.Close(this);

    /// <summary>Called under the lock of all; whoever waits goes on elsewhere.</summary>
    internal void Cut() => _ = _cut.CancelAsync();

    /// <summary>Called under the lock of all, so never while it is cut.</summary>
    internal void Release() => _cut.Dispose();
}
