using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Repository.Api.Cluster;
using Repository.Domain.Cryptography;
using Repository.Domain.Machines;
using Repository.Domain.Users;
using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Operation;

/// <summary>How this server is.</summary>
/// <param name="Versions">What runs.</param>
/// <param name="Counts">What the database holds.</param>
/// <param name="QueueDepth">How many writes wait or run.</param>
/// <param name="QueueLength">How many may.</param>
/// <param name="DatabaseSize">What the database takes on disk, in bytes.</param>
/// <param name="Nodes">Every node of this deployment, in the order of joining.</param>
public sealed record ServerStatus(ServerVersions Versions, ServerCounts Counts, int QueueDepth, int QueueLength, long DatabaseSize, IReadOnlyList<NodeStatus> Nodes);

/// <summary>What a node may do, and when it last said that it serves.</summary>
public sealed record NodeStatus(string NodeId, string Name, string State, DateTimeOffset? LastSeenDate)
{
    internal static NodeStatus Of(NodeView node) => new(node.NodeId, node.Name, node.State, node.LastSeenDate);
}

/// <summary>The versions of this server and of what it stands on.</summary>
public sealed record ServerVersions(string Server, string Runtime, string Libsodium, string Database);

/// <summary>How many rows there are of what an operator counts.</summary>
public sealed record ServerCounts(
    long Machines,
    long DisabledMachines,
    long MismatchedMachines,
    long Users,
    long DisabledUsers,
    long Software,
    long Shards,
    long Secrets,
    long Companions,
    long AuditEntries);

/// <summary>Reads the status; the counts are exact, and cost what counting costs.</summary>
internal sealed class ReadStatus(
    RepositoryDbContext db,
    Database database,
    IWriteQueue queue,
    NodeDirectory nodes,
    IOptions<DatabaseOptions> options)
{
    private static readonly string Version =
        typeof(ReadStatus).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public async Task<ServerStatus> ExecuteAsync(CancellationToken ct) => new(
        new ServerVersions(Version, RuntimeInformation.FrameworkDescription, SodiumLibrary.Load(), await database.ReadVersionAsync(ct)),
        new ServerCounts(
            await db.Machines.LongCountAsync(ct),
            await db.Machines.LongCountAsync(machine => machine.HashState == HashState.Disabled, ct),
            await db.Machines.LongCountAsync(machine => machine.MismatchCount > 0, ct),
            await db.Users.LongCountAsync(ct),
            await db.Users.LongCountAsync(user => user.State == UserState.Disabled, ct),
            await db.Software.LongCountAsync(software => !software.IsDeleted, ct),
            await db.Shards.LongCountAsync(ct),
            await db.Secrets.LongCountAsync(ct),
            await db.Companions.LongCountAsync(ct),
            await db.Audit.LongCountAsync(ct)),
        queue.Depth,
        options.Value.WriteQueueLength,
        await database.ReadSizeAsync(ct),
        [.. (await nodes.RefreshAsync(ct)).Select(NodeView.Of).Select(NodeStatus.Of)]);
}
