using Microsoft.Extensions.Logging;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Cluster;

/// <summary>
/// The nodes of this deployment as they are: read again every second by <see cref="NodeWatch"/>, and after every change that is made here.
/// What this node itself may do follows what was read.
/// </summary>
internal sealed partial class NodeDirectory(
    Database database,
    NodeIdentity identity,
    DeploymentKeys keys,
    ServingState serving,
    ILogger<NodeDirectory> logger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private volatile Node[] _nodes = [];

    /// <summary>Every node, in the order of joining, at most a second or two old.</summary>
    public IReadOnlyList<Node> Current => _nodes;

    /// <summary>This node; null while its row is not there.</summary>
    public Node? Self => Find(identity.Id);

    /// <summary>The node with this id, whatever it may do; null where there is none.</summary>
    public Node? Find(NodeId id) => Array.Find(_nodes, node => node.Id == id);

    /// <summary>Reads the nodes now. Readings follow each other, so what is older never replaces what is newer.</summary>
    public async Task<IReadOnlyList<Node>> RefreshAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            _nodes = await database.ReadNodesAsync(ct);
            await FollowAsync(Self?.State ?? NodeState.Waiting, ct);
            return _nodes;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task FollowAsync(NodeState state, CancellationToken ct)
    {
        if (state == NodeState.Active)
        {
            await keys.LoadAsync(ct); // Before anything is served.
        }

        if (serving.Set(state))
        {
            LogState();
        }
    }

    private void LogState()
    {
        switch (serving.State)
        {
            case NodeState.Active:
                LogServes(identity.Id);
                break;
            case NodeState.Disabled:
                LogDisabled(identity.Id);
                break;
            default:
                LogWaits(identity.Id);
                break;
        }
    }

    [LoggerMessage(LogLevel.Information, "This node, {NodeId}, is active")]
    private partial void LogServes(NodeId nodeId);

    [LoggerMessage(LogLevel.Warning, "This node, {NodeId}, was disabled by an administrator: it serves nothing until it is active again")]
    private partial void LogDisabled(NodeId nodeId);

    [LoggerMessage(
        LogLevel.Warning,
        "This node, {NodeId}, waits to be admitted and serves nothing. At a node that serves: PATCH /v1/cluster/nodes/{{nodeId}} with {{\"state\":\"active\"}}, "
        + "or start this one again with Cluster:JoinToken set to a token of POST /v1/cluster/join-tokens")]
    private partial void LogWaits(NodeId nodeId);
}
