using System.Net;
using System.Net.Sockets;
using Repository.Domain.Cluster;
using Repository.Domain.Cluster.PrivatePort;

namespace Repository.Api.Tests.Cluster.PrivatePort;

/// <summary>The private port of a node that a test plays: others call it.</summary>
internal sealed class TestListener : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public TestListener() => _listener.Start();

    public string Endpoint => _listener.LocalEndpoint.ToString()!;

    /// <summary>Whether somebody waits to be accepted.</summary>
    public bool IsCalled => _listener.Pending();

    public async Task<TestWire> AcceptAsync(CancellationToken ct) => new(await _listener.AcceptTcpClientAsync(ct));

    /// <summary>The next caller, which proves that it is this node.</summary>
    public async Task<TestChannel> GreetAsync(TestPeer self, NodeId caller, MemberKey callerSk, CancellationToken ct)
    {
        var wire = await AcceptAsync(ct);
        var hello = await wire.ReceiveFrameAsync(ct);
        Assert.True(ServerHandshake.TryOpen(hello, 256, self.CkPair.DecryptOaep(hello![..256]), out var handshake));
        Assert.Equal(caller, handshake.CallerId);
        Assert.True(handshake.IsSignedBy(callerSk, self.Id));
        await wire.SendFrameAsync(handshake.Reply(out var ciphers), ct);
        Assert.True(ciphers.Incoming.TryOpen(await wire.ReceiveFrameAsync(ct), out var proof));
        Assert.True(handshake.IsProvenBy(proof, callerSk));
        return new TestChannel(wire, ciphers);
    }

    public void Dispose() => _listener.Dispose();
}
