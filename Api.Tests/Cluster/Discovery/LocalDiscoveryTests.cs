using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Cluster.PrivatePort;
using Repository.Api.Tests.Hosting;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Cluster.Discovery;
using Repository.Infrastructure.Cluster.PrivatePort;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Cluster.Discovery;

public sealed class LocalDiscoveryTests : IAsyncLifetime
{
    private static readonly MemberEndpoint Announced = MemberEndpoint.Parse("127.0.0.1:7");

    private readonly TestPeer _member = TestPeer.Get(1);
    private readonly TestPeer _stranger = TestPeer.Get(2);
    private RepositoryApp _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private AnnouncementCheck Check => _app.Services.GetRequiredService<AnnouncementCheck>();

    private PeerAddresses Addresses => _app.Services.GetRequiredService<PeerAddresses>();

    public async ValueTask InitializeAsync()
    {
        _app = await RepositoryApp.StartAsync(DatabaseProvider.Sqlite, Ct, PrivatePortCalls.Listen);
        await _app.AdmitAsync(_member, Ct);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public void What_an_active_member_announces_is_where_it_is_called()
    {
        Assert.True(Check.Hear(By(_member)));

        Assert.Equal(Announced, Addresses.Find(_member.Id).Endpoint);
    }

    [Fact]
    public async Task What_is_old_or_not_by_an_active_member_is_dropped()
    {
        var changed = By(_member);
        changed[^1] ^= 1;
        byte[][] wrong =
        [
            [],
            new byte[700],
            changed,
            By(_stranger),
            By(_member, signer: _stranger),
            By(_member, TimeSpan.FromSeconds(-31)),
            By(_member, TimeSpan.FromSeconds(31)),
            DiscoveryDatagram.Write(_app.Identity.Id, _app.Clock.GetUtcNow(), Announced, data => _app.Identity.Sign(data)), // Its own.
        ];
        Assert.All(wrong, datagram => Assert.False(Check.Hear(datagram)));
        await _app.SetStateAsync(_member, NodeState.Disabled, Ct);
        Assert.False(Check.Hear(By(_member)));
        await _app.SetStateAsync(_member, NodeState.Active, Ct);

        Assert.Equal("127.0.0.1:1", Addresses.Find(_member.Id).Endpoint.ToString());
        Assert.True(Check.Hear(By(_member, TimeSpan.FromSeconds(-30))));
    }

    [Fact]
    public void No_more_signatures_are_checked_than_a_core_bears()
    {
        var forged = By(_member, signer: _stranger);
        for (var i = 0; i < AnnouncementCheck.ChecksPerSecond; i++)
        {
            Assert.False(Check.Hear(forged));
        }

        Assert.False(Check.Hear(By(_member)));
        _app.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Check.Hear(By(_member)));
    }

    [Fact]
    public async Task A_node_announces_itself_to_the_group_and_hears_others_there()
    {
        var group = $"239.192.77.77:{FreePort()}";
        try
        {
            await _app.RestartAsync(Ct, ("Cluster:Discovery", "true"), ("Cluster:DiscoveryGroup", group));
        }
        catch (StartRefusedException refused) when (refused.Message.Contains("no network interface", StringComparison.Ordinal))
        {
            await _app.RestartAsync(Ct, ("Cluster:Discovery", "false"));
            Assert.Skip(refused.Message);
        }

        using var other = new DiscoverySocket(Microsoft.Extensions.Options.Options.Create(new Infrastructure.Cluster.ClusterOptions { DiscoveryGroup = group }));
        other.Open();
        await _app.Services.GetRequiredService<DiscoveryAnnouncer>().RunOnceAsync(Ct);

        var buffer = new byte[DiscoveryDatagram.MaxSize];
        var length = await other.ReceiveAsync(buffer, Ct);
        Assert.True(DiscoveryDatagram.TryRead(buffer.AsSpan(0, length!.Value), out var datagram));
        Assert.True(datagram.IsSignedBy(_app.Identity.Sk));
        Assert.Equal(_app.PrivateAddress.ToString(), datagram.Endpoint.ToString());

        await _app.RefreshNodesAsync(Ct);
        await other.SendAsync(By(_member), Ct);
        while (Addresses.Find(_member.Id).Endpoint != Announced)
        {
            Ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private byte[] By(TestPeer member, TimeSpan off = default, TestPeer? signer = null) =>
        DiscoveryDatagram.Write(member.Id, _app.Clock.GetUtcNow() + off, Announced, data => (signer ?? member).SkPair.Sign(data));

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
