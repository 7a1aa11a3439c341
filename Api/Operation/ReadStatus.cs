using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Repository.Api.Cluster;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Signals;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Operation;

/// <summary>How this server is.</summary>
/// <param name="Versions">What runs.</param>
/// <param name="Counts">What the database holds.</param>
/// <param name="QueueDepth">How many writes wait or run.</param>
/// <param name="QueueLength">How many may.</param>
/// <param name="HeldPolls">How many polls and streams this node holds.</param>
/// <param name="DatabaseSize">What the database takes on disk, in bytes.</param>
/// <param name="Nodes">Every node of this deployment, in the order of joining.</param>
public sealed record ServerStatus(ServerVersions Versions, ServerCounts Counts, int QueueDepth, int QueueLength, int HeldPolls, long DatabaseSize, IReadOnlyList<NodeStatus> Nodes);

/// <summary>What a node may do, and when it last said that it serves.</summary>
public sealed record NodeStatus(string NodeId, string Name, string State, DateTimeOffset? LastSeenDate)
{
    internal static NodeStatus Of(NodeView node) => new(node.NodeId, node.Name, node.State, node.LastSeenDate);
}

/// <summary>The versions of this server and of what it stands on.</summary>
public sealed record ServerVersions(string Server, string Runtime, string Libsodium, string Database);

/// <summary>Reads the status.</summary>
internal sealed class ReadStatus(
    ReadCounts counts,
    Database database,
    IWriteQueue queue,
    HeldPolls held,
    NodeDirectory nodes,
    IOptions<DatabaseOptions> options)
{
    private static readonly string Version =
        typeof(ReadStatus).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public async Task<ServerStatus> ExecuteAsync(CancellationToken ct) => new(
        new ServerVersions(Version, RuntimeInformation.FrameworkDescription, SodiumLibrary.Load(), await database.ReadVersionAsync(ct)),
        await counts.ExecuteAsync(ct),
        queue.Depth,
        options.Value.WriteQueueLength,
        held.Count,
        await database.ReadSizeAsync(ct),
        [.. (await nodes.RefreshAsync(ct)).Select(NodeView.Of).Select(NodeStatus.Of)]);
}
