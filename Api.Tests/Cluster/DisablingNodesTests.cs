using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Storage;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Background;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Cluster;

public abstract class DisablingNodesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    [Shows("last-node")]
    public async Task The_last_node_that_serves_cannot_be_disabled()
    {
        using var alone = await App.PatchNodeAsync(App.NodeId, "disabled", Ct);
        var entered = new TestNode();
        using var admitted = await RepositoryApp.SendAsync(App.Administrator, HttpMethod.Post, NodeCalls.NodesPath, entered.ToJson().ToJsonString(), Ct);
        using var besideOneThatNeverServed = await App.PatchNodeAsync(App.NodeId, "disabled", Ct);

        await alone.RefusedAsync(HttpStatusCode.Conflict, "last-node", Ct);
        await besideOneThatNeverServed.RefusedAsync(HttpStatusCode.Conflict, "last-node", Ct);
        await App.SetNodeAsync(App.NodeId, "active", Ct); // Is already.
        await App.SetNodeAsync(entered.Id, "disabled", Ct);
        await App.SetNodeAsync(entered.Id, "disabled", Ct);
        await App.SetNodeAsync(entered.Id, "active", Ct);
        Assert.Equal(
            [
                $"administrator node-admitted {entered.Id}",
                $"administrator node-disabled {entered.Id}",
                $"administrator node-enabled {entered.Id}",
            ],
            await App.AuditedAsync(Ct));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000")]
    [Shows("node-unknown")]
    public async Task An_unknown_node_is_unknown(string nodeId)
    {
        using var answer = await App.PatchNodeAsync(nodeId, "disabled", Ct);

        await answer.RefusedAsync(HttpStatusCode.NotFound, "node-unknown", Ct);
    }

    [Fact]
    public async Task A_malformed_id_and_another_state_are_refused()
    {
        using var id = await App.PatchNodeAsync(App.NodeId.ToUpperInvariant(), "active", Ct);
        await id.InvalidAsync(Ct, "nodeId");
        foreach (var state in new[] { "waiting", "Active", "" })
        {
            using var answer = await App.PatchNodeAsync(App.NodeId, state, Ct);
            await answer.InvalidAsync(Ct, "state");
        }
    }

    public sealed class OnSqlite() : DisablingNodesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : DisablingNodesTests(DatabaseProvider.Postgres)
    {
        [Fact]
        public async Task A_disabled_node_stops_to_serve_by_itself_and_serves_again_when_it_is_active()
        {
            await using var other = await App.StartNodeAsync(Ct);
            await other.WatchesAsync(Ct);
            var held = other.Serving.EndOfService;
            var turns = other.Services.GetRequiredService<JobTurns>();
            Assert.True(await turns.IsMineAsync("any", Ct));

            await App.SetNodeAsync(other.NodeId, "disabled", Ct);
            other.Clock.Advance(TimeSpan.FromSeconds(5));
            await other.Serving.WaitUntilNotServingAsync(Ct);

            await other.AssertServesNothingAsync(Ct);
            Assert.Equal(NodeState.Disabled, other.Serving.State);
            Assert.True(held.IsCancellationRequested);
            Assert.False(await turns.IsMineAsync("any", Ct));
            var seen = (await App.NodeAsync(other.NodeId, Ct)).GetProperty("lastSeenDate").GetDateTimeOffset();
            await other.WatchesAsync(Ct);
            other.Clock.Advance(TimeSpan.FromSeconds(30));
            await other.WatchesAsync(Ct);
            Assert.Equal(seen, (await App.NodeAsync(other.NodeId, Ct)).GetProperty("lastSeenDate").GetDateTimeOffset());

            await App.SetNodeAsync(other.NodeId, "active", Ct);
            await other.ServesAsync(Ct);
            await other.RegisterAsync(Ct);
            Assert.False(other.Serving.EndOfService.IsCancellationRequested);
        }

        [Fact]
        public async Task A_node_that_disables_itself_stops_at_once_and_a_restart_with_a_token_does_not_let_it_in()
        {
            await using var other = await App.StartNodeAsync(Ct);
            await other.SetNodeAsync(other.NodeId, "disabled", Ct);
            await other.AssertServesNothingAsync(Ct);

            var token = await App.MakeJoinTokenAsync(Ct);
            await other.RestartAsync(Ct, ("Cluster:JoinToken", token), ("Cluster:Name", "beta"));

            Assert.Equal(NodeState.Disabled, other.Serving.State);
            Assert.NotEqual("beta", (await App.NodeAsync(other.NodeId, Ct)).GetProperty("name").GetString());
            await using var third = await App.StartNodeAsync(Ct, ("Cluster:JoinToken", token));
            Assert.Equal(NodeState.Active, third.Serving.State);
        }

        [Fact]
        public async Task Of_two_nodes_that_disable_each_other_one_stays()
        {
            await using var other = await App.StartNodeAsync(Ct);
            for (var round = 0; round < 4; round++)
            {
                await Task.WhenAll(PatchAsync(App, other.NodeId), PatchAsync(other, App.NodeId), PatchAsync(App, App.NodeId), PatchAsync(other, other.NodeId));

                Assert.Equal(1L, await App.ScalarSqlAsync("SELECT COUNT(*) FROM nodes WHERE state = 1", Ct));
                await App.ExecuteSqlAsync("UPDATE nodes SET state = 1", Ct);
                await App.ServesAsync(Ct);
                await other.ServesAsync(Ct);
            }
        }

        private static async Task PatchAsync(RepositoryApp at, string nodeId)
        {
            using var answer = await at.PatchNodeAsync(nodeId, "disabled", Ct);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict or HttpStatusCode.ServiceUnavailable);
        }
    }
}
