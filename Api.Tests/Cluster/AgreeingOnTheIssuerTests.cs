using Repository.Api.Tests.Hosting;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Cluster;

/// <summary>Nodes that serve one database together have one issuer.</summary>
public sealed class AgreeingOnTheIssuerTests() : DatabaseTests(DatabaseProvider.Postgres)
{
    private const string Issuer = "https://trust.example";

    protected override (string Name, string Value)[] Settings => [("Repository:Issuer", Issuer)];

    [Theory]
    [InlineData("https://other.example")]
    [InlineData("")]
    public async Task A_node_with_another_issuer_does_not_start(string other)
    {
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => App.StartNodeAsync(Ct, ("Repository:Issuer", other)));

        Assert.StartsWith("Repository:Issuer is ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Issuer, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Single(await RepositoryApp.NodesAsync(App.Administrator, Ct));
    }

    [Fact]
    public async Task A_lone_server_changes_its_issuer_as_it_likes_and_the_others_follow()
    {
        await App.RestartAsync(Ct, ("Repository:Issuer", "https://other.example"));
        await App.RestartAsync(Ct, ("Repository:Issuer", ""));
        await App.RestartAsync(Ct, ("Repository:Issuer", "https://third.example"));

        await using var node = await App.StartNodeAsync(Ct);
        Assert.Equal(NodeState.Active, node.Serving.State);
        await Assert.ThrowsAsync<StartRefusedException>(() => App.RestartAsync(Ct, ("Repository:Issuer", Issuer)));
        await node.StopAsync(Ct);
        App.Clock.Advance(TimeSpan.FromSeconds(30));
        await App.RestartAsync(Ct, ("Repository:Issuer", Issuer));
        await Assert.ThrowsAsync<StartRefusedException>(() => node.StartAsync(Ct));
    }
}
