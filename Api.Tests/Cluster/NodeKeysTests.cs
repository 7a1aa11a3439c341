using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Cluster;

/// <summary><c>node.key</c>: made once, kept, sealed, and what happens where it is not there any more.</summary>
public abstract class NodeKeysTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private string KeyFile => Path.Combine(App.DataDirectory, "node.key");

    [Fact]
    public async Task The_keys_are_made_once_and_only_their_owner_may_read_them()
    {
        var (id, file) = (App.NodeId, await File.ReadAllBytesAsync(KeyFile, Ct));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(KeyFile) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));

        await App.RestartAsync(Ct);

        Assert.Equal(id, App.NodeId);
        Assert.Equal(file, await File.ReadAllBytesAsync(KeyFile, Ct));
        Assert.Single(await RepositoryApp.NodesAsync(App.Administrator, Ct));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(-1)]
    public async Task A_damaged_file_stops_the_start_with_its_name(int at)
    {
        await App.StopAsync(Ct);
        var file = await File.ReadAllBytesAsync(KeyFile, Ct);
        file[at < 0 ? file.Length + at : at] ^= 1;
        await AssertRefusedAsync(file);
        await AssertRefusedAsync(file[..^1]);
        await AssertRefusedAsync([]);
    }

    [Fact]
    public async Task A_file_of_another_deployment_stops_the_start()
    {
        await using var other = await RepositoryApp.StartAsync(DatabaseProvider.Sqlite, Ct);
        await App.StopAsync(Ct);

        await AssertRefusedAsync(await File.ReadAllBytesAsync(Path.Combine(other.DataDirectory, "node.key"), Ct));
    }

    private async Task AssertRefusedAsync(byte[] file)
    {
        await File.WriteAllBytesAsync(KeyFile, file, Ct);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => App.StartAsync(Ct));

        Assert.Contains(KeyFile, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Equal(file, await File.ReadAllBytesAsync(KeyFile, Ct));
    }

    public sealed class OnSqlite() : NodeKeysTests(DatabaseProvider.Sqlite)
    {
        [Fact]
        public async Task A_lost_file_is_replaced_and_the_lone_server_goes_on()
        {
            var (old, entered) = (App.NodeId, new TestNode());
            using var admitted = await RepositoryApp.SendAsync(App.Administrator, HttpMethod.Post, NodeCalls.NodesPath, entered.ToJson().ToJsonString(), Ct);
            await App.StopAsync(Ct);
            File.Delete(KeyFile);

            await App.StartAsync(Ct);

            Assert.NotEqual(old, App.NodeId);
            await App.RegisterAsync(Ct);
            Assert.Equal("disabled", await App.StateOfAsync(old, Ct));
            Assert.Equal("active", await App.StateOfAsync(App.NodeId, Ct));
            Assert.Equal("active", await App.StateOfAsync(entered.Id, Ct));
            Assert.Contains($"server node-replaced {App.NodeId}", await App.AuditedAsync(Ct));
        }
    }

    public sealed class OnPostgres() : NodeKeysTests(DatabaseProvider.Postgres)
    {
        [Fact]
        public async Task A_node_that_lost_its_file_is_a_new_one_and_waits()
        {
            await using var other = await App.StartNodeAsync(Ct);
            var old = other.NodeId;
            await other.StopAsync(Ct);
            File.Delete(Path.Combine(other.DataDirectory, "node.key"));

            await other.StartAsync(Ct);

            Assert.Equal(NodeState.Waiting, other.Serving.State);
            Assert.Equal("active", await App.StateOfAsync(old, Ct));
            Assert.Equal("waiting", await App.StateOfAsync(other.NodeId, Ct));
        }
    }
}
