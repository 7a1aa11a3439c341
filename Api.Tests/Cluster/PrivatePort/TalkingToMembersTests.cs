using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Hosting;
using Repository.Domain.Audit;
using Repository.Domain.Cluster;
using Repository.Domain.Cluster.PrivatePort;
using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Cluster.PrivatePort;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Cluster.PrivatePort;

public sealed class TalkingToMembersTests : IAsyncLifetime
{
    private readonly TestPeer _member = TestPeer.Get(1);
    private readonly TestPeer _other = TestPeer.Get(2);
    private RepositoryApp _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await RepositoryApp.StartAsync(DatabaseProvider.Sqlite, Ct, PrivatePortCalls.Listen);
        await _app.AdmitAsync(_member, Ct);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_member_is_answered_message_by_message_until_it_says_bye()
    {
        using var channel = await _app.CallAsync(_member, Ct);
        await channel.IsAliveAsync(0, Ct);
        await channel.IsAliveAsync(ulong.MaxValue, Ct);
        Assert.Equal(_app.Clock.GetUtcNow(), _app.Services.GetRequiredService<PeerSightings>().Find(_member.Id));

        Assert.Equal(new ClusterMessage.Ack(N: null), await channel.AskAsync(new ClusterMessage.Bye(), Ct));

        Assert.Null(await channel.ReceiveAsync(Ct));
    }

    [Fact]
    public async Task A_member_is_shown_the_nodes_but_those_that_wait()
    {
        await _app.AdmitAsync(_other, Ct, NodeState.Waiting);
        await _app.AdmitAsync(TestPeer.Get(3), Ct, NodeState.Disabled);
        using var channel = await _app.CallAsync(_member, Ct);

        var members = Assert.IsType<ClusterMessage.ClusterMembers>(await channel.AskAsync(new ClusterMessage.GetCluster(), Ct)).Members;

        Assert.Equal(
            [$"{_app.NodeId} active", $"{_member.Id} active", $"{TestPeer.Get(3).Id} disabled"],
            members.Select(member => $"{member.Descriptor.NodeId} {member.State}"));
        Assert.All(members, member => Assert.True(member.Descriptor.IsSignedWith(member.DigSig)));
    }

    [Fact]
    public async Task What_is_no_question_is_an_error_and_the_end()
    {
        byte[][] wrong =
        [
            [],
            [0xa0],
            RandomNumberGenerator.GetBytes(64),
            new ClusterMessage.Ack(1).ToCbor(),
            new ClusterMessage.ClusterMembers([]).ToCbor(),
            new ClusterMessage.Error("x").ToCbor(),
            Head(_other, _other.Id).ToCbor(), // Another node's.
            Head(_other, _member.Id).ToCbor(), // Not signed by the node that tells it.
        ];
        foreach (var message in wrong)
        {
            using var channel = await _app.CallAsync(_member, Ct);
            await channel.SendAsync(message, Ct);
            Assert.IsType<ClusterMessage.Error>(await channel.ReceiveAsync(Ct));
            Assert.Null(await channel.ReceiveAsync(Ct));
        }
    }

    [Theory]
    [InlineData("dropped")]
    [InlineData("doubled")]
    [InlineData("reordered")]
    [InlineData("changed")]
    [InlineData("shortened")]
    [InlineData("plain")]
    public async Task A_frame_that_is_not_the_next_one_ends_the_connection(string wrong)
    {
        using var channel = await _app.CallAsync(_member, Ct);
        await channel.IsAliveAsync(0, Ct);
        var next = channel.Seal(new ClusterMessage.KeepAlive(1));
        var after = channel.Seal(new ClusterMessage.KeepAlive(2));
        if (wrong is "doubled")
        {
            await channel.Wire.SendFrameAsync(next, Ct);
            Assert.NotNull(await channel.ReceiveAsync(Ct));
        }

        await channel.Wire.SendFrameAsync(
            wrong switch
            {
                "dropped" or "reordered" => after,
                "doubled" => next,
                "changed" => [.. next[..^1], (byte)(next[^1] ^ 1)],
                "shortened" => next[..^1],
                _ => new ClusterMessage.KeepAlive(1).ToCbor(),
            },
            Ct);

        await channel.Wire.IsClosedSilentlyAsync(Ct);
    }

    [Fact]
    public async Task A_member_that_is_silent_is_closed_and_one_that_calls_again_gives_up_the_connection_before()
    {
        using var first = await _app.CallAsync(_member, Ct);
        await first.IsAliveAsync(0, Ct);
        using var second = await _app.CallAsync(_member, Ct);
        await second.IsAliveAsync(0, Ct);
        await first.Wire.IsClosedSilentlyAsync(Ct);

        var end = second.Wire.IsClosedSilentlyAsync(Ct);
        await _app.AdvanceUntilAsync(ServerConversation.IdleTimeout, () => end.IsCompleted, Ct);

        await end;
    }

    [Fact]
    public async Task A_node_that_is_disabled_is_cut_off_within_five_seconds_and_let_in_again_when_it_is_active()
    {
        using var channel = await _app.CallAsync(_member, Ct);
        await channel.IsAliveAsync(0, Ct);
        using var other = await AdmitAndCallAsync(_other);
        var links = _app.Services.GetRequiredService<PeerLinks>();
        await links.RunOnceAsync(Ct);
        await channel.IsAliveAsync(1, Ct);

        await _app.SetStateAsync(_member, NodeState.Disabled, Ct); // What NodeWatch reads every second,
        await links.RunOnceAsync(Ct); // and what is done every second.

        await channel.Wire.IsClosedSilentlyAsync(Ct);
        await other.IsAliveAsync(1, Ct);
        await _app.SetStateAsync(_member, NodeState.Active, Ct);
        using var again = await _app.CallAsync(_member, Ct);
        await again.IsAliveAsync(0, Ct);
    }

    [Fact]
    public async Task A_server_that_is_disabled_itself_stops_listening_and_listens_again_by_itself()
    {
        using var channel = await _app.CallAsync(_member, Ct);
        await channel.IsAliveAsync(0, Ct);
        var self = _app.NodeId.ToByteArray();
        await Storage.DirectSql.ExecuteSqlAsync(_app, "UPDATE nodes SET state = 2 WHERE node_id = @p0", Ct, self);
        await _app.RefreshNodesAsync(Ct);

        // Whoever is connected is cut off, though the stop itself waits for answers that are on their way.
        var port = _app.Services.GetRequiredService<Api.Cluster.PrivatePort>();
        await _app.AdvanceUntilAsync(TimeSpan.FromSeconds(1), () => port.BoundAddress is null, Ct);
        await channel.Wire.IsClosedSilentlyAsync(Ct);

        await Storage.DirectSql.ExecuteSqlAsync(_app, "UPDATE nodes SET state = 1 WHERE node_id = @p0", Ct, self);
        await _app.RefreshNodesAsync(Ct);
        await _app.AdvanceUntilAsync(TimeSpan.FromSeconds(1), () => port.BoundAddress is not null, Ct);
        using var again = await _app.CallAsync(_member, Ct);
        await again.IsAliveAsync(0, Ct);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_members_that_are_connected()
    {
        using var channel = await _app.CallAsync(_member, Ct);
        await channel.IsAliveAsync(0, Ct);

        var stop = _app.StopAsync(Ct);
        await channel.Wire.IsClosedSilentlyAsync(Ct);
        await stop;

        await _app.StartAsync(Ct);
    }

    private async Task<TestChannel> AdmitAndCallAsync(TestPeer member)
    {
        await _app.AdmitAsync(member, Ct);
        var channel = await _app.CallAsync(member, Ct);
        await channel.IsAliveAsync(0, Ct);
        return channel;
    }

    private static ClusterMessage.AuditHead Head(TestPeer signer, NodeId node) => new(CountersignedHead.Sign(
        node, 1, new byte[32], new DateTimeOffset(2026, 11, 21, 19, 19, 0, TimeSpan.Zero), data => signer.SkPair.Sign(data)));
}
