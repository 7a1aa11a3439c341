using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Hosting;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Cluster;

/// <summary>A node signs anew when what it says of itself has changed, and only then.</summary>
public sealed class ChangingNodesTests() : DatabaseTests(DatabaseProvider.Sqlite)
{
    [Fact]
    public async Task A_restart_with_the_same_settings_changes_nothing()
    {
        var before = await App.NodeAsync(App.NodeId, Ct);

        await App.RestartAsync(Ct);

        Assert.Equal(before.GetRawText(), (await App.NodeAsync(App.NodeId, Ct)).GetRawText());
        Assert.Empty(await App.AuditedAsync(Ct));
    }

    [Fact]
    public async Task Changed_settings_are_signed_and_audited()
    {
        await App.RestartAsync(Ct, ("Cluster:Name", "gamma"), ("Cluster:PublicEndpoint", "[2001:db8::1]:443"), ("Cluster:Listen", "*:9189"), ("Cluster:ClusterEndpoint", "gamma.example:9189"));

        var node = await App.NodeAsync(App.NodeId, Ct);
        Assert.Equal("gamma", node.GetProperty("name").GetString());
        Assert.Equal("[2001:db8::1]:443", node.GetProperty("publicEndpoint").GetString());
        Assert.Equal("gamma.example:9189", node.GetProperty("clusterEndpoint").GetString());
        TestNode.AssertSigned(node);
        Assert.Equal([$"server node-changed {App.NodeId}"], await App.AuditedAsync(Ct));
    }

    [Fact]
    public async Task Without_settings_a_node_is_where_it_listens()
    {
        await App.RestartAsync(Ct, ("Cluster:PublicEndpoint", ""));

        var node = await App.NodeAsync(App.NodeId, Ct);
        Assert.Equal(App.Anonymous.BaseAddress!.Authority, node.GetProperty("publicEndpoint").GetString());
        Assert.Equal(App.Anonymous.BaseAddress!.Authority, node.GetProperty("clusterEndpoint").GetString()); // It has no private port.
        TestNode.AssertSigned(node);
    }

    [Fact]
    public async Task A_port_that_is_bound_later_is_published()
    {
        await App.RestartAsync(Ct, ("Cluster:Listen", "127.0.0.1:0"));
        Assert.True(MemberEndpoint.TryParse("127.0.0.1:45678", out var bound));

        await App.Services.GetRequiredService<NodePublication>().PublishAsync(publicEndpoint: null, bound, Ct);

        var node = await App.NodeAsync(App.NodeId, Ct);
        Assert.Equal("127.0.0.1:45678", node.GetProperty("clusterEndpoint").GetString());
        Assert.Equal("127.0.0.1:5080", node.GetProperty("publicEndpoint").GetString());
        TestNode.AssertSigned(node);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", "127.0.0.1:5080")]
    [InlineData("https://trust.example", "trust.example:443")]
    [InlineData("http://[::1]:5080/", "[::1]:5080")]
    [InlineData("http://127.0.0.1:0", null)]
    [InlineData("not an address", null)]
    public void The_endpoint_of_an_address(string address, string? endpoint) =>
        Assert.Equal(endpoint, Api.Cluster.PublicEndpoint.Parse(address)?.ToString());

    [Theory]
    [InlineData("http://*:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://[::]:5080")]
    public void Every_address_is_the_name_of_the_machine(string address)
    {
        var endpoint = Api.Cluster.PublicEndpoint.Parse(address)!.Value.ToString();

        Assert.EndsWith(":5080", endpoint, StringComparison.Ordinal);
        Assert.DoesNotContain("0.0.0.0", endpoint, StringComparison.Ordinal);
        Assert.DoesNotContain("::", endpoint, StringComparison.Ordinal);
    }
}
