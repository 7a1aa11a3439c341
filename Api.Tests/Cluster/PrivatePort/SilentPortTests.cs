using System.Security.Cryptography;
using System.Text;
using Repository.Api.Tests.Hosting;
using Repository.Domain.Cluster;
using Repository.Domain.Cluster.PrivatePort;
using Repository.Infrastructure.Cluster.PrivatePort;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Cluster.PrivatePort;

/// <summary>To anyone who is not an active member the port is silent.</summary>
public sealed class SilentPortTests : IAsyncLifetime
{
    private readonly TestPeer _member = TestPeer.Get(1);
    private readonly TestPeer _other = TestPeer.Get(2);
    private RepositoryApp _app = null!;
    private RefusalCount _refusals = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestHello Right => new(_app.NodeId, Seconds(TimeSpan.Zero));

    public async ValueTask InitializeAsync()
    {
        _app = await RepositoryApp.StartAsync(DatabaseProvider.Sqlite, Ct, PrivatePortCalls.Listen);
        _refusals = new RefusalCount(_app);
        _app.Clock.Advance(TimeSpan.FromMinutes(5)); // So that a time can be old and yet after the start.
        await _app.AdmitAsync(_member, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        _refusals.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_member_is_answered_and_its_hello_sent_again_is_not()
    {
        var hello = _member.Hello(_app.Identity.Ck, Right);
        using var first = await _app.ConnectAsync(Ct);
        await first.SendFrameAsync(hello, Ct);
        Assert.Equal(CallerHandshake.ReplySize, (await first.ReceiveFrameAsync(Ct))!.Length);

        await IsRefusedAsync(hello, CallerRefusal.Replayed);

        _app.Clock.Advance(TimeSpan.FromSeconds(60)); // The last moment at which its time is good.
        await IsRefusedAsync(hello, CallerRefusal.Replayed, 2);
        _app.Clock.Advance(TimeSpan.FromTicks(1));
        await IsRefusedAsync(hello, CallerRefusal.WrongTime);
    }

    [Fact]
    public async Task A_node_that_is_not_there_waits_or_is_disabled_gets_no_byte()
    {
        await IsRefusedAsync(_other.Hello(_app.Identity.Ck, Right), CallerRefusal.Unknown);
        await _app.AdmitAsync(_other, Ct, NodeState.Waiting);
        await IsRefusedAsync(_other.Hello(_app.Identity.Ck, Right), CallerRefusal.NotActive);
        await _app.SetStateAsync(_other, NodeState.Disabled, Ct);
        await IsRefusedAsync(_other.Hello(_app.Identity.Ck, Right), CallerRefusal.NotActive, 2);

        await _app.SetStateAsync(_other, NodeState.Active, Ct);
        using var admitted = await _app.CallAsync(_other, Ct);
        await admitted.IsAliveAsync(1, Ct);
    }

    [Fact]
    public async Task A_hello_that_is_not_the_members_own_and_for_this_server_gets_no_byte()
    {
        TestHello[] forged =
        [
            Right with { Signer = _other.SkPair },
            Right with { Signer = _member.CkPair },
            Right with { Server = _other.Id },
            Right with { SignedTime = new byte[8] },
            Right with { SignedLabel = "repository-cluster-member-v1"u8.ToArray() },
        ];
        for (var i = 0; i < forged.Length; i++)
        {
            await IsRefusedAsync(_member.Hello(_app.Identity.Ck, forged[i]), CallerRefusal.SignatureInvalid, i + 1);
        }

        byte[][] shut =
        [
            _member.Hello(_other.Ck, Right),
            _member.Hello(_app.Identity.Ck, Right with { SealLabel = [] }),
            _member.Hello(_app.Identity.Ck, Right with { Secrets = [.. RandomNumberGenerator.GetBytes(48), 0, 0, 0, 2] }),
            _member.Hello(_app.Identity.Ck, Right with { Secrets = RandomNumberGenerator.GetBytes(51) }),
            _member.Hello(_app.Identity.Ck, Right with { Seconds = ulong.MaxValue }),
            RandomNumberGenerator.GetBytes(580),
            RandomNumberGenerator.GetBytes(708),
            new byte[580],
        ];
        for (var i = 0; i < shut.Length; i++)
        {
            await IsRefusedAsync(shut[i], CallerRefusal.DoesNotOpen, i + 1);
        }
    }

    [Fact]
    public async Task A_time_is_good_for_sixty_seconds_either_way_and_never_before_the_start()
    {
        await IsRefusedAsync(_member.Hello(_app.Identity.Ck, Right with { Seconds = Seconds(TimeSpan.FromSeconds(-61)) }), CallerRefusal.WrongTime, 1);
        await IsRefusedAsync(_member.Hello(_app.Identity.Ck, Right with { Seconds = Seconds(TimeSpan.FromSeconds(61)) }), CallerRefusal.WrongTime, 2);
        foreach (var good in (int[])[-60, 60])
        {
            using var wire = await _app.ConnectAsync(Ct);
            await wire.SendFrameAsync(_member.Hello(_app.Identity.Ck, Right with { Seconds = Seconds(TimeSpan.FromSeconds(good)) }), Ct);
            Assert.NotNull(await wire.ReceiveFrameAsync(Ct));
        }

        var hello = _member.Hello(_app.Identity.Ck, Right);
        _app.Clock.Advance(TimeSpan.FromSeconds(1));
        await _app.RestartAsync(Ct);
        using var refusals = new RefusalCount(_app);
        using var again = await _app.ConnectAsync(Ct);
        await again.SendFrameAsync(hello, Ct);
        await again.IsClosedSilentlyAsync(Ct);
        await refusals.ReachesAsync(CallerRefusal.WrongTime, 1, Ct);
        using var fresh = await _app.CallAsync(_member, Ct);
        await fresh.IsAliveAsync(1, Ct);
    }

    [Fact]
    public async Task What_is_no_hello_gets_no_byte_and_is_not_read_further()
    {
        byte[][] strange =
        [
            [0, 0, 0, 0],
            [0, 0, 4, 1],
            [0, 0, 2, 67], // A byte less than a hello.
            [0, 1, 0, 0],
            [0xff, 0xff, 0xff, 0xff],
            Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
            [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc], // TLS
            [.. Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH_9.2\r\n"), .. new byte[100_000]],
        ];
        foreach (var bytes in strange)
        {
            using var wire = await _app.ConnectAsync(Ct);
            await SendAllAsync(wire, bytes);
            await wire.IsClosedSilentlyAsync(Ct);
        }

        using var early = await _app.ConnectAsync(Ct);
        await early.SendAsync(Frame.Write(_member.Hello(_app.Identity.Ck, Right))[..300], Ct);
        early.EndSending();
        await early.IsClosedSilentlyAsync(Ct);
        await _refusals.ReachesAsync(CallerRefusal.Gone, 1, Ct);
        await _refusals.ReachesAsync(CallerRefusal.WrongSize, strange.Length, Ct);
    }

    [Fact]
    public async Task A_caller_that_is_no_member_after_five_seconds_is_closed()
    {
        using var silent = await _app.ConnectAsync(Ct);
        using var slow = await _app.ConnectAsync(Ct);
        await slow.SendAsync(Frame.Write(_member.Hello(_app.Identity.Ck, Right))[..583], Ct); // All but the last byte.
        using var unproven = await _app.ConnectAsync(Ct);
        await unproven.SendFrameAsync(_member.Hello(_app.Identity.Ck, Right), Ct);
        Assert.NotNull(await unproven.ReceiveFrameAsync(Ct));
        var ends = Task.WhenAll(silent.IsClosedSilentlyAsync(Ct), slow.IsClosedSilentlyAsync(Ct), unproven.IsClosedSilentlyAsync(Ct));

        await _app.AdvanceUntilAsync(TimeSpan.FromSeconds(5), () => ends.IsCompleted, Ct);

        await ends;
        await _refusals.ReachesAsync(CallerRefusal.Late, 3, Ct);
    }

    [Fact]
    public async Task A_member_has_all_of_its_five_seconds()
    {
        using var wire = await _app.ConnectAsync(Ct);
        using var handshake = _member.Begin(_app.NodeId, _app.Identity.Ck, _app.Clock.GetUtcNow());
        await wire.SendFrameAsync(handshake.Hello, Ct);
        var reply = await wire.ReceiveFrameAsync(Ct);
        _app.Clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));

        Assert.True(handshake.TryOpenReply(reply, out var ciphers, out var proof));
        await wire.SendFrameAsync(ciphers.Outgoing.Seal(proof), Ct);

        using var channel = new TestChannel(wire, ciphers);
        await channel.IsAliveAsync(1, Ct);
    }

    [Fact]
    public async Task A_node_that_is_disabled_between_its_hello_and_its_proof_gets_no_byte_more()
    {
        using var wire = await _app.ConnectAsync(Ct);
        using var handshake = _member.Begin(_app.NodeId, _app.Identity.Ck, _app.Clock.GetUtcNow());
        await wire.SendFrameAsync(handshake.Hello, Ct);
        Assert.True(handshake.TryOpenReply(await wire.ReceiveFrameAsync(Ct), out var ciphers, out var proof));
        await _app.SetStateAsync(_member, NodeState.Disabled, Ct);

        using var channel = new TestChannel(wire, ciphers);
        await wire.SendAsync([.. Frame.Write(ciphers.Outgoing.Seal(proof)), .. Frame.Write(channel.Seal(new ClusterMessage.KeepAlive(1)))], Ct);

        await wire.IsClosedSilentlyAsync(Ct);
        await _refusals.ReachesAsync(CallerRefusal.NotActive, 1, Ct);
    }

    [Fact]
    public async Task Who_cannot_read_the_reply_is_no_member()
    {
        var hello = _member.Begin(_app.NodeId, _app.Identity.Ck, _app.Clock.GetUtcNow());
        using var wire = await _app.ConnectAsync(Ct);
        await wire.SendFrameAsync(hello.Hello, Ct);
        Assert.True(hello.TryOpenReply(await wire.ReceiveFrameAsync(Ct), out var ciphers, out var proof));
        proof[^1] ^= 1;
        await wire.SendFrameAsync(ciphers.Outgoing.Seal(proof), Ct);
        await wire.IsClosedSilentlyAsync(Ct);

        using var other = await _app.ConnectAsync(Ct);
        await other.SendFrameAsync(_member.Hello(_app.Identity.Ck, Right), Ct);
        Assert.NotNull(await other.ReceiveFrameAsync(Ct));
        await other.SendFrameAsync(new byte[304], Ct);
        await other.IsClosedSilentlyAsync(Ct);

        await _refusals.ReachesAsync(CallerRefusal.NotProven, 2, Ct);
        Assert.Single(_app.LogLines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("private port closed", StringComparison.Ordinal));
    }

    private async Task IsRefusedAsync(byte[] hello, CallerRefusal reason, long times = 1)
    {
        using var wire = await _app.ConnectAsync(Ct);
        await wire.SendFrameAsync(hello, Ct);
        await wire.IsClosedSilentlyAsync(Ct);
        await _refusals.ReachesAsync(reason, times, Ct);
    }

    /// <summary>The server may have closed before all was sent.</summary>
    private static async Task SendAllAsync(TestWire wire, byte[] bytes)
    {
        try
        {
            await wire.SendAsync(bytes, Ct);
        }
        catch (IOException closed)
        {
            Assert.NotNull(closed.InnerException);
        }
    }

    private ulong Seconds(TimeSpan off) => (ulong)(_app.Clock.GetUtcNow() + off).ToUnixTimeSeconds();
}
