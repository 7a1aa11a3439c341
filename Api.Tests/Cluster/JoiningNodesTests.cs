using System.Net;
using System.Text.Json.Nodes;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Storage;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Cluster;

/// <summary>Nodes that start on a database which another serves.</summary>
public sealed class JoiningNodesTests() : DatabaseTests(DatabaseProvider.Postgres)
{
    private static readonly (string Name, string Value) WithoutToken = ("Cluster:JoinToken", "");

    [Fact]
    public async Task A_node_with_a_token_joins_and_serves_at_once()
    {
        await using var other = await App.StartNodeAsync(Ct, ("Cluster:Name", "beta"), ("Cluster:PublicEndpoint", "beta.example:443"));

        var (hash, date) = await App.RegisterAsync(Ct);
        await other.VerifyAsync(hash, date, Ct);
        var nodes = await RepositoryApp.NodesAsync(other.Anonymous, Ct);
        Assert.Equal([App.NodeId, other.NodeId], nodes.Select(node => node.GetProperty("nodeId").GetString()));
        Assert.Equal("beta", nodes[1].GetProperty("name").GetString());
        Assert.Equal("beta.example:443", nodes[1].GetProperty("publicEndpoint").GetString());
        Assert.All(nodes, TestNode.AssertSigned);
        Assert.Contains($"server node-joined {other.NodeId}", await App.AuditedAsync(Ct));

        await other.RestartAsync(Ct);

        Assert.Equal(NodeState.Active, other.Serving.State);
        Assert.Equal(2, (await RepositoryApp.NodesAsync(App.Administrator, Ct)).Count);
    }

    [Fact]
    [Shows("node-waiting")]
    public async Task A_node_without_a_token_waits_and_goes_on_by_itself_once_it_is_admitted()
    {
        await using var other = await App.StartNodeAsync(Ct, WithoutToken);
        await other.WatchesAsync(Ct);
        await other.AssertServesNothingAsync(Ct);
        Assert.Contains(other.LogLines, line => line.Contains("waits to be admitted", StringComparison.Ordinal) && line.Contains(other.NodeId, StringComparison.Ordinal));
        Assert.Single(await RepositoryApp.NodesAsync(App.Anonymous, Ct));
        var waiting = await App.NodeAsync(other.NodeId, Ct);
        Assert.Equal("waiting", waiting.GetProperty("state").GetString());
        TestNode.AssertSigned(waiting);

        await App.SetNodeAsync(other.NodeId, "active", Ct);
        other.Clock.Advance(TimeSpan.FromSeconds(1));
        await other.Serving.WaitUntilServingAsync(Ct);

        await other.RegisterAsync(Ct);
        Assert.Equal(2, (await RepositoryApp.NodesAsync(App.Anonymous, Ct)).Count);
        Assert.Equal(
            [$"server node-waiting {other.NodeId}", $"administrator node-admitted {other.NodeId}"],
            (await App.AuditedAsync(Ct)).Where(entry => entry.Contains(" node-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_used_an_expired_and_a_foreign_token_are_as_none()
    {
        var used = await App.MakeJoinTokenAsync(Ct);
        await using var joined = await App.StartNodeAsync(Ct, ("Cluster:JoinToken", used));
        var expired = await App.MakeJoinTokenAsync(Ct);
        App.Clock.Advance(TimeSpan.FromHours(1));

        foreach (var token in new[] { used, expired, $"rjt_{new string('A', 43)}" })
        {
            await using var other = await App.StartNodeAsync(Ct, ("Cluster:JoinToken", token));
            Assert.Equal(NodeState.Waiting, other.Serving.State);
        }

        Assert.Equal(NodeState.Active, joined.Serving.State);
    }

    [Fact]
    public async Task A_node_that_waits_is_admitted_by_its_descriptor_and_by_a_token_at_its_next_start()
    {
        await using var first = await App.StartNodeAsync(Ct, WithoutToken);
        await using var second = await App.StartNodeAsync(Ct, WithoutToken);

        var descriptor = JsonObject.Create(await App.NodeAsync(first.NodeId, Ct))!;
        foreach (var other in new[] { "nodeId", "state", "lastSeenDate" })
        {
            descriptor.Remove(other);
        }

        using var posted = await RepositoryApp.SendAsync(App.Administrator, HttpMethod.Post, NodeCalls.NodesPath, descriptor.ToJsonString(), Ct);
        await second.RestartAsync(Ct, ("Cluster:JoinToken", await App.MakeJoinTokenAsync(Ct)));

        await posted.IsAsync(HttpStatusCode.Created, Ct);
        await first.ServesAsync(Ct);
        Assert.Equal(NodeState.Active, second.Serving.State);
    }

    [Fact]
    public async Task A_node_says_every_ten_seconds_that_it_serves()
    {
        await App.WatchesAsync(Ct);
        var before = (await App.NodeAsync(App.NodeId, Ct)).GetProperty("lastSeenDate").GetDateTimeOffset();

        App.Clock.Advance(TimeSpan.FromSeconds(10));
        await App.WatchesAsync(Ct);
        await App.WatchesAsync(Ct);

        Assert.True((await App.NodeAsync(App.NodeId, Ct)).GetProperty("lastSeenDate").GetDateTimeOffset() >= before.AddSeconds(10));
    }

    [Fact]
    public async Task A_node_whose_row_was_deleted_serves_nothing_and_joins_anew()
    {
        await App.WatchesAsync(Ct);
        await App.ExecuteSqlAsync("DELETE FROM nodes", Ct);
        App.Clock.Advance(TimeSpan.FromSeconds(1));
        await App.Serving.WaitUntilNotServingAsync(Ct);

        await App.RestartAsync(Ct);

        await App.RegisterAsync(Ct);
    }
}
