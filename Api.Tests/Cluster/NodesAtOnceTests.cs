using System.Numerics;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Cluster;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Keys;
using Repository.Api.Tests.Storage;
using Repository.Domain.Cluster;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Cluster;

/// <summary>What is decided of all nodes together is decided once, however many ask at once. Sixteen nodes, without their servers.</summary>
public abstract class NodesAtOnceTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private const int Count = 16;

    private readonly MemberDescriptor[] _nodes = [.. Enumerable.Range(0, Count).Select(Describe)];

    private DateTimeOffset Now => App.Clock.GetUtcNow();

    private AuditLog Audit => App.Services.GetRequiredService<AuditLog>();

    [Fact]
    public async Task Of_sixteen_first_nodes_one_admits_itself()
    {
        await App.ExecuteSqlAsync("DELETE FROM nodes", Ct);

        await StartAsync(tokenHash: null);

        Assert.Equal((1, Count - 1), await CountAsync());
        Assert.Equal(2L, await App.ScalarSqlAsync("SELECT COUNT(*) FROM audit WHERE action = 'node-admitted'", Ct)); // The server's own was before.
    }

    [Fact]
    public async Task Of_sixteen_nodes_with_one_token_one_joins()
    {
        var token = PlainJoinToken.Draw();
        await RunAsync(new CreateJoinToken(token, Now, Now.AddHours(1), "administrator", Audit));

        await StartAsync(token.Hash);

        Assert.Equal((2, Count - 1), await CountAsync());
        Assert.Equal(1L, await App.ScalarSqlAsync("SELECT COUNT(*) FROM audit WHERE action = 'node-joined'", Ct));
        Assert.Equal(0L, await App.ScalarSqlAsync("SELECT COUNT(*) FROM join_tokens", Ct));
    }

    [Fact]
    public async Task Of_sixteen_nodes_that_are_disabled_at_once_the_last_stays()
    {
        await StartAsync(tokenHash: null);
        await App.ExecuteSqlAsync("UPDATE nodes SET state = 1, last_seen_date = @p0", Ct, Now.UtcTicks);
        await App.ExecuteSqlAsync("DELETE FROM nodes WHERE node_id = @p0", Ct, Convert.FromHexString(App.NodeId));

        var outcomes = await Task.WhenAll(_nodes.Select(node =>
            RunAsync(new UpdateNode(node.NodeId, NodeState.Disabled, (_nodes[0].NodeId, Now), "administrator", Audit))));

        Assert.Single(outcomes, outcome => outcome == NodeUpdate.LastNode);
        Assert.Equal((1, 0), await CountAsync());
    }

    private Task<string?[]> StartAsync(byte[]? tokenHash) => Task.WhenAll(_nodes.Select(node =>
        RunAsync(new StartNode(new StartingNode(node, [1], tokenHash, Issuer: null, IsAlone: false), Now, Audit))));

    private Task<T> RunAsync<T>(WriteOperation<T> operation) =>
        Task.Run(() => App.Services.GetRequiredService<IWriteQueue>().ExecuteAsync(operation, Ct), Ct);

    private async Task<(int Active, int Waiting)> CountAsync() => (
        (int)(long)(await App.ScalarSqlAsync("SELECT COUNT(*) FROM nodes WHERE state = 1", Ct))!,
        (int)(long)(await App.ScalarSqlAsync("SELECT COUNT(*) FROM nodes WHERE state = 0", Ct))!);

    /// <summary>A node whose keys nobody holds: nothing here signs.</summary>
    private static MemberDescriptor Describe(int number)
    {
        Assert.True(MemberKey.TryParsePem(OpenSslKeys.Rsa2048, out var key));
        var numbers = RsaNumbers.FromSpki(key.Spki.ToArray())!.Value;
        var sk = MemberKey.Load((numbers with { Modulus = numbers.Modulus + (2 * (BigInteger)(number + 1)) }).ToSpki());
        var endpoint = MemberEndpoint.Parse("alpha.example:443");
        return Node.Describe(MemberName.Parse($"node_{number}"), key, sk, endpoint, endpoint);
    }

    public sealed class OnSqlite() : NodesAtOnceTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : NodesAtOnceTests(DatabaseProvider.Postgres);
}
