using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Storage;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Cluster.PrivatePort;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Cluster.PrivatePort;

/// <summary>Two real nodes on loopback.</summary>
public sealed class ConnectedNodesTests() : DatabaseTests(DatabaseProvider.Postgres)
{
    protected override (string Name, string Value)[] Settings => [PrivatePortCalls.Listen];

    [Fact]
    public async Task Nodes_connect_to_each_other_by_themselves_also_after_one_was_restarted()
    {
        await using var node = await App.StartNodeAsync(Ct);
        await LookAroundAsync(node);
        await WaitAsync(() => AreConnected(App, node)); // At once, without the clock.

        var id = node.NodeId;
        await node.StopAsync(Ct);
        await WaitAsync(() => !App.Services.GetRequiredService<MemberConnections>().Nodes.Contains(id));
        await node.StartAsync(Ct);

        await LookAroundAsync(node); // It listens elsewhere now, and its row says so.
        await App.AdvanceUntilAsync(TimeSpan.FromSeconds(1), () => AreConnected(App, node), Ct);
    }

    [Fact]
    public async Task A_log_that_one_node_remembers_otherwise_is_reported_by_both_also_after_their_restart()
    {
        await using var node = await App.StartNodeAsync(Ct);
        await App.RegisterAsync(Ct);
        var publishedBefore = (await App.AuditHeadAsync(Ct)).GetProperty("countersignatures").GetArrayLength();
        await node.CountersignAsync(Ct); // Only this one remembers.
        Assert.True(publishedBefore <= 2);
        var sequence = node.Services.GetRequiredService<AuditMemory>().Last!.Sequence;
        File.Delete(Path.Combine(App.DataDirectory, "audit.head"));
        await App.ExecuteSqlAsync("DELETE FROM audit WHERE sequence >= @p0", Ct, sequence);
        await App.ExecuteSqlAsync("UPDATE audit_head SET sequence = @p0, hash = (SELECT hash FROM audit WHERE sequence = @p0)", Ct, sequence - 1);
        Assert.False(await node.IsAuditIntactAsync(Ct));

        await App.RestartAsync(Ct);
        await node.RestartAsync(Ct);

        Assert.False(await node.IsAuditIntactAsync(Ct));
        await LookAroundAsync(node);
        var peers = App.Services.GetRequiredService<PeerHeads>();
        await WaitAsync(() => peers.Current.Any());
        Assert.False(await App.IsAuditIntactAsync(Ct)); // It was told.
        Assert.Contains(App.LogLines, line => line.StartsWith("Critical", StringComparison.Ordinal)
            && line.Contains($"sequence {sequence} that node {node.NodeId}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_node_countersigns_and_both_are_shown()
    {
        await using var node = await App.StartNodeAsync(Ct);
        await App.CountersignAsync(Ct);
        await node.CountersignAsync(Ct);

        var signers = (await node.AuditHeadAsync(Ct)).GetProperty("countersignatures").EnumerateArray().Select(signed => signed.GetProperty("nodeId").GetString()!);

        Assert.Equal(
            new[] { App.NodeId.ToString(), node.NodeId.ToString() }.Order(StringComparer.Ordinal),
            signers.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.True(await App.IsAuditIntactAsync(Ct));
    }

    /// <summary>What both do every second: read the nodes, and connect to them.</summary>
    private async Task LookAroundAsync(RepositoryApp node)
    {
        foreach (var app in (RepositoryApp[])[App, node])
        {
            await app.RefreshNodesAsync(Ct);
            await app.Services.GetRequiredService<PeerLinks>().RunOnceAsync(Ct);
        }
    }

    private static async Task WaitAsync(Func<bool> happened)
    {
        while (!happened())
        {
            Ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static bool AreConnected(RepositoryApp one, RepositoryApp other) => Hears(one, other) && Hears(other, one);

    private static bool Hears(RepositoryApp server, RepositoryApp caller) =>
        server.Services.GetRequiredService<MemberConnections>().Nodes.Contains(caller.NodeId)
        && server.Services.GetRequiredService<PeerSightings>().Find(caller.NodeId) is not null;
}
