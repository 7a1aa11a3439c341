using System.Security.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Cluster.PrivatePort;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Cluster.PrivatePort;

/// <summary>Strangers cannot keep members out for long, nor make the server work for them without end.</summary>
public sealed class FloodedPortTests : IAsyncLifetime
{
    private readonly TestPeer _member = TestPeer.Get(1);
    private RepositoryApp _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await RepositoryApp.StartAsync(DatabaseProvider.Sqlite, Ct, PrivatePortCalls.Listen);
        await _app.AdmitAsync(_member, Ct);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Two_hundred_garbage_connections_at_once_do_not_keep_a_member_out()
    {
        var flood = Task.WhenAll(Enumerable.Range(0, 200).Select(async _ =>
        {
            using var wire = await _app.ConnectAsync(Ct);
            await wire.SendFrameAsync(RandomNumberGenerator.GetBytes(580), Ct);
            await wire.IsClosedSilentlyAsync(Ct);
        }));

        using var member = await _app.CallAsync(_member, Ct);

        await member.IsAliveAsync(1, Ct);
        await flood;
    }

    [Fact]
    public async Task Connections_that_only_wait_make_room_for_those_that_come()
    {
        using var refusals = new RefusalCount(_app);
        var waiting = new List<TestWire>();
        for (var i = 0; i < HandshakeLane.MaxPending + 8; i++)
        {
            waiting.Add(await _app.ConnectAsync(Ct));
        }

        using var member = await _app.CallAsync(_member, Ct);

        await member.IsAliveAsync(1, Ct);
        await Task.WhenAll(waiting.Take(9).Select(wire => wire.IsClosedSilentlyAsync(Ct))); // The oldest: eight of them and the member were too many.
        await refusals.ReachesAsync(CallerRefusal.Late, 9, Ct);
        waiting.ForEach(wire => wire.Dispose());
    }

    [Fact]
    public async Task More_hellos_than_the_server_decrypts_are_not_decrypted_and_a_second_later_members_come_in()
    {
        using var refusals = new RefusalCount(_app);
        for (var i = 0; i < HandshakeGate.DecryptionBurst; i++)
        {
            using var wire = await _app.ConnectAsync(Ct);
            await wire.SendFrameAsync(RandomNumberGenerator.GetBytes(580), Ct);
            await wire.IsClosedSilentlyAsync(Ct);
        }

        using var late = await _app.ConnectAsync(Ct);
        Assert.Null(await late.GreetAsync(_member, _app, Ct));
        await refusals.ReachesAsync(CallerRefusal.TooMany, 1, Ct);
        Assert.Equal(HandshakeGate.DecryptionBurst, refusals.Of(CallerRefusal.DoesNotOpen));

        _app.Clock.Advance(TimeSpan.FromSeconds(1));
        using var member = await _app.CallAsync(_member, Ct);
        await member.IsAliveAsync(1, Ct);
    }

    [Fact]
    public void A_flood_from_elsewhere_leaves_the_lane_of_members_free()
    {
        var gate = new HandshakeGate(_app.Clock);
        var (stranger, member) = (System.Net.IPAddress.Parse("192.0.2.1"), System.Net.IPAddress.Parse("192.0.2.2"));
        gate.Remember(member.MapToIPv6());
        var pending = Enumerable.Range(0, HandshakeGate.DecryptionBurst).Select(_ => gate.Enter(stranger)).ToList();
        Assert.All(pending, one => Assert.True(one.TryTakeDecryption()));
        Assert.False(gate.Enter(stranger).TryTakeDecryption());
        Assert.False(gate.Enter(address: null).TryTakeDecryption());
        Assert.True(pending[0].Evicted.IsCancellationRequested);

        Assert.True(gate.Enter(member).TryTakeDecryption());
        Assert.True(gate.Enter(member.MapToIPv6()).TryTakeDecryption());
        pending.ForEach(one => one.Dispose());
    }

    [Fact]
    public void Salts_are_remembered_for_as_long_as_they_count_and_no_more_of_them_than_there_is_room_for()
    {
        var clock = new ManualClock();
        var salts = new SeenSalts(clock);
        Assert.Equal(DateTimeOffset.MaxValue, salts.StartDate); // Nothing is let in before it listens.
        salts.Begin();
        Assert.Equal(clock.GetUtcNow(), salts.StartDate);
        var first = RandomNumberGenerator.GetBytes(16);
        Assert.True(salts.TryAdd(first));
        Assert.False(salts.TryAdd(first));
        clock.Advance(SeenSalts.Lifetime);
        Assert.False(salts.TryAdd(first));
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(salts.TryAdd(first));

        for (var i = 1; i < SeenSalts.MaxKept; i++)
        {
            Assert.True(salts.TryAdd(RandomNumberGenerator.GetBytes(16)));
        }

        Assert.False(salts.TryAdd(RandomNumberGenerator.GetBytes(16)));
        clock.Advance(SeenSalts.Lifetime + TimeSpan.FromTicks(1));
        Assert.True(salts.TryAdd(RandomNumberGenerator.GetBytes(16)));
    }
}
