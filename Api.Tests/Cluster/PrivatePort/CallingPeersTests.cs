using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Hosting;
using Repository.Domain.Cluster;
using Repository.Domain.Cluster.PrivatePort;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Cluster.PrivatePort;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Cluster.PrivatePort;

/// <summary>A server that calls a node of the test's.</summary>
public sealed class CallingPeersTests : IAsyncLifetime
{
    private readonly TestPeer _peer = TestPeer.Get(1);
    private readonly TestListener _listener = new();
    private RepositoryApp _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PeerLinks Links => _app.Services.GetRequiredService<PeerLinks>();

    public async ValueTask InitializeAsync() => _app = await RepositoryApp.StartAsync(DatabaseProvider.Sqlite, Ct, PrivatePortCalls.Listen);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task It_says_that_it_is_there_asks_for_the_nodes_and_tells_its_audit_head()
    {
        await AdmitAsync();
        using var channel = await GreetAsync();
        Assert.Equal(new ClusterMessage.KeepAlive(0), await channel.ReceiveAsync(Ct));
        await channel.SendAsync(new ClusterMessage.Ack(0).ToCbor(), Ct);
        Assert.Equal(new ClusterMessage.GetCluster(), await channel.ReceiveAsync(Ct));
        var unknown = TestPeer.Get(2).Describe();
        await channel.SendAsync(new ClusterMessage.ClusterMembers([new PresentedMember(unknown, "active", TestPeer.Get(2).SkPair.Sign(unknown.ToSignedBytes()))]).ToCbor(), Ct);

        await _app.Services.GetRequiredService<Countersigner>().RunOnceAsync(Ct);

        var message = await channel.ReceiveAsync(Ct);
        if (message is ClusterMessage.KeepAlive { N: 1 }) // First, where the head was not signed yet when it looked.
        {
            await channel.SendAsync(new ClusterMessage.Ack(1).ToCbor(), Ct);
            message = await channel.ReceiveAsync(Ct);
        }

        var told = Assert.IsType<ClusterMessage.AuditHead>(message).Head;
        await channel.SendAsync(new ClusterMessage.Ack(N: null).ToCbor(), Ct);
        Assert.Equal(_app.NodeId, told.NodeId);
        Assert.True(told.IsSignedBy(_app.Identity.Sk));
        var next = channel.ReceiveAsync(Ct);
        await _app.AdvanceUntilAsync(PeerConversation.KeepAliveInterval, () => next.IsCompleted, Ct);
        Assert.IsType<ClusterMessage.KeepAlive>(await next);
        Assert.Contains(_app.LogLines, line => line.Contains($"shows a node {unknown.NodeId} that is not in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_calls_again_when_the_other_one_is_back_and_waits_longer_each_time()
    {
        await AdmitAsync();
        (await GreetAsync()).Dispose();
        for (var i = 0; i < 3; i++)
        {
            await _app.AdvanceUntilAsync(BackOff.Shortest, () => _listener.IsCalled, Ct);
            (await _listener.AcceptAsync(Ct)).Dispose(); // Without an answer.
        }

        await _app.AdvanceUntilAsync(BackOff.Shortest, () => _listener.IsCalled, Ct);
        using var channel = await GreetAsync();
        Assert.Equal(new ClusterMessage.KeepAlive(0), await channel.ReceiveAsync(Ct));

        for (var failures = 0; failures < 100; failures++)
        {
            var wait = BackOff.After(failures);
            Assert.InRange(wait, TimeSpan.FromMilliseconds(250), BackOff.Longest);
            Assert.True(failures < 5 || wait >= BackOff.Longest / 2);
        }
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("another key")]
    [InlineData("another salt")]
    [InlineData("a wrong number")]
    [InlineData("nothing")]
    public async Task It_does_not_talk_to_a_server_that_is_not_the_one_it_meant(string wrong)
    {
        await AdmitAsync();
        if (wrong is "a wrong number")
        {
            using var channel = await GreetAsync();
            Assert.Equal(new ClusterMessage.KeepAlive(0), await channel.ReceiveAsync(Ct));
            await channel.SendAsync(new ClusterMessage.Ack(1).ToCbor(), Ct);
            await channel.Wire.IsClosedSilentlyAsync(Ct);
            return;
        }

        await Links.RunOnceAsync(Ct);
        using var wire = await _listener.AcceptAsync(Ct);
        var hello = (await wire.ReceiveFrameAsync(Ct))!;
        var secrets = _peer.CkPair.DecryptOaep(hello[..256]);
        byte[] plain = [.. RandomNumberGenerator.GetBytes(48), .. wrong is "another salt" ? new byte[16] : secrets[32..48], 0, 0, 0, 1];
        switch (wrong)
        {
            case "garbage":
                await wire.SendFrameAsync(RandomNumberGenerator.GetBytes(CallerHandshake.ReplySize), Ct);
                break;
            case "another key":
                await wire.SendFrameAsync(SealedPart.Seal(new byte[32], plain, ReplyFormat.Label), Ct);
                break;
            case "another salt":
                await wire.SendFrameAsync(SealedPart.Seal(secrets.AsSpan(0, 32), plain, ReplyFormat.Label), Ct);
                break;
            default:
                var end = wire.IsClosedSilentlyAsync(Ct);
                await _app.AdvanceUntilAsync(PeerCall.AnswerTimeout, () => end.IsCompleted, Ct);
                await end;
                return;
        }

        await wire.IsClosedSilentlyAsync(Ct);
    }

    [Fact]
    public async Task It_hangs_up_when_the_other_one_is_disabled()
    {
        await AdmitAsync();
        using var channel = await GreetAsync();
        Assert.NotNull(await channel.ReceiveAsync(Ct));

        await _app.SetStateAsync(_peer, NodeState.Disabled, Ct);
        await Links.RunOnceAsync(Ct);

        await channel.Wire.IsClosedSilentlyAsync(Ct);
    }

    [Fact]
    public async Task It_calls_where_a_member_announced_itself_last()
    {
        await _app.AdmitAsync(_peer, Ct); // Nothing listens where its row says.
        var addresses = _app.Services.GetRequiredService<PeerAddresses>();
        var now = _app.Clock.GetUtcNow();
        addresses.Announced(_peer.Id, MemberEndpoint.Parse(_listener.Endpoint), now);
        addresses.Announced(_peer.Id, MemberEndpoint.Parse("127.0.0.1:3"), now - TimeSpan.FromSeconds(1)); // Repeated by somebody.

        using var channel = await GreetAsync();

        Assert.Equal(new ClusterMessage.KeepAlive(0), await channel.ReceiveAsync(Ct));
        _app.Clock.Advance(PeerAddresses.AnnouncementLifetime + TimeSpan.FromTicks(1));
        Assert.Equal("127.0.0.1:1", addresses.Find(_peer.Id).Endpoint.ToString());
    }

    private Task AdmitAsync() => _app.AdmitAsync(_peer, Ct, endpoint: _listener.Endpoint);

    private async Task<TestChannel> GreetAsync()
    {
        await Links.RunOnceAsync(Ct);
        return await _listener.GreetAsync(_peer, _app.NodeId, _app.Identity.Sk, Ct);
    }
}
