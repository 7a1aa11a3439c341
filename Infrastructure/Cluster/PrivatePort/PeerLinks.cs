using Microsoft.Extensions.Logging;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Background;

namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>
/// Sees to it, every second, that this node is connected to each other active one and to nobody else: a node that was disabled is cut off here
/// within that second and the one in which the directory is read.
/// </summary>
internal sealed class PeerLinks(
    NodeConnections connections,
    PeerLink link,
    JobTurns turns,
    TimeProvider clock,
    ILogger<PeerLinks> logger) : PeriodicJob(TimeSpan.FromSeconds(1), turns, clock, logger)
{
    private readonly Dictionary<NodeId, (CancellationTokenSource Stop, Task Running)> _links = [];

    internal override async Task RunOnceAsync(CancellationToken ct)
    {
        var peers = connections.Keep();
        foreach (var (gone, (stop, running)) in _links.Where(open => !peers.Contains(open.Key)).ToList())
        {
            await EndAsync(stop, running);
            _links.Remove(gone);
        }

        foreach (var peer in peers.Where(peer => !_links.ContainsKey(peer)))
        {
            var stop = new CancellationTokenSource();
            _links.Add(peer, (stop, Task.Run(() => link.RunAsync(peer, stop.Token), CancellationToken.None)));
        }
    }

    /// <summary>Also a node that may not serve: it gives its connections up.</summary>
    protected override ValueTask<bool> IsMyTurnAsync(CancellationToken ct) => new(true);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var (stop, running) in _links.Values)
        {
            await EndAsync(stop, running);
        }

        _links.Clear();
    }

    private static async Task EndAsync(CancellationTokenSource stop, Task running)
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }
}

/// <summary>Which other nodes this one is to be connected to.</summary>
internal sealed class NodeConnections(NodeDirectory directory, NodeIdentity identity, ServingState serving, MemberConnections incoming)
{
    /// <summary>The other active nodes; none while this one does not serve. Connections that any other has opened are cut.</summary>
    public IReadOnlySet<NodeId> Keep()
    {
        HashSet<NodeId> peers = serving.IsServing
            ? [.. directory.Current.Where(node => node.IsActive && node.Id != identity.Id).Select(static node => node.Id)]
            : [];
        incoming.KeepOnly(peers);
        return peers;
    }
}
