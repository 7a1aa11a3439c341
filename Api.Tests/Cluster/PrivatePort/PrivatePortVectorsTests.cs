using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Repository.Domain.Audit;
using Repository.Domain.Cluster;
using Repository.Domain.Cluster.PrivatePort;

namespace Repository.Api.Tests.Cluster.PrivatePort;

public sealed class PrivatePortVectorsTests
{
    private static readonly DateTimeOffset Date = new(2026, 11, 21, 19, 19, 0, TimeSpan.Zero);

    [Fact]
    public void A_hello_of_another_implementation_opens()
    {
        using var ck = Import(PrivatePortVectors.ServerCk);
        var secrets = ck.Decrypt(PrivatePortVectors.Hello.AsSpan(0, 256), RSAEncryptionPadding.OaepSHA256);
        Assert.Equal([.. PrivatePortVectors.Key1, .. PrivatePortVectors.Salt1, 0, 0, 0, 1], secrets);

        Assert.True(ServerHandshake.TryOpen(PrivatePortVectors.Hello, 256, secrets, out var handshake));

        Assert.Equal(KeyOf(PrivatePortVectors.CallerSk).NodeId, handshake.CallerId);
        Assert.Equal(Date, handshake.Date);
        Assert.Equal(PrivatePortVectors.Salt1, handshake.Salt1.ToArray());
        Assert.True(handshake.IsSignedBy(KeyOf(PrivatePortVectors.CallerSk), KeyOf(PrivatePortVectors.ServerSk).NodeId));
    }

    [Fact]
    public void A_reply_of_another_implementation_opens()
    {
        var plain = new byte[ReplyFormat.PlainSize];

        Assert.True(SealedPart.TryOpen(PrivatePortVectors.Key1, PrivatePortVectors.Reply, ReplyFormat.Label, plain));

        Assert.Equal([.. PrivatePortVectors.Key2, .. PrivatePortVectors.Salt2, .. PrivatePortVectors.Salt1, 0, 0, 0, 1], plain);
    }

    [Fact]
    public void Frames_of_another_implementation_open_in_their_order()
    {
        using var server = ChannelCiphers.OfServer(PrivatePortVectors.Key2, PrivatePortVectors.Salt1, PrivatePortVectors.Salt2);
        using var caller = ChannelCiphers.OfCaller(PrivatePortVectors.Key2, PrivatePortVectors.Salt1, PrivatePortVectors.Salt2);
        var sk = KeyOf(PrivatePortVectors.CallerSk);

        Assert.True(server.Incoming.TryOpen(PrivatePortVectors.MemberFrame, out var member));
        Assert.Equal(sk.NodeId, NodeId.Load(member.AsSpan(0, 32)));
        Assert.True(sk.Verifies(
            ReplyFormat.ToMemberBytes(SHA256.HashData(PrivatePortVectors.Hello), SHA256.HashData(PrivatePortVectors.Reply)),
            member.AsSpan(32)));
        Assert.True(server.Incoming.TryOpen(PrivatePortVectors.KeepAliveFrame, out var keepAlive));
        Assert.True(ClusterMessage.TryRead(keepAlive, out var message));
        Assert.Equal(new ClusterMessage.KeepAlive(7), message);
        Assert.Equal(keepAlive, message.ToCbor());
        Assert.True(caller.Incoming.TryOpen(PrivatePortVectors.AnswerFrame, out var answer));
        Assert.Equal("hello back", Encoding.ASCII.GetString(answer));
    }

    [Fact]
    public void A_countersignature_of_another_implementation_verifies()
    {
        var sk = KeyOf(PrivatePortVectors.CallerSk);
        var head = new CountersignedHead(
            sk.NodeId, 1_234_567, SHA256.HashData("entry"u8), Date.AddTicks(1_234_567), PrivatePortVectors.HeadSignature);

        Assert.True(head.IsSignedBy(sk));
        Assert.All(
            [
                head with { Sequence = 1_234_568 },
                head with { Hash = SHA256.HashData("another"u8) },
                head with { Date = Date },
                head with { Signature = head.Signature[1..] },
                head with { Signature = [] },
            ],
            other => Assert.False(other.IsSignedBy(sk)));
        Assert.False(head.IsSignedBy(KeyOf(PrivatePortVectors.ServerSk)));
    }

    [Fact]
    public void A_datagram_of_another_implementation_is_read()
    {
        var sk = KeyOf(PrivatePortVectors.CallerSk);

        Assert.True(DiscoveryDatagram.TryRead(PrivatePortVectors.Datagram, out var datagram));

        Assert.Equal(sk.NodeId, datagram.NodeId);
        Assert.Equal(Date, datagram.Date);
        Assert.Equal("10.1.2.3:9188", datagram.Endpoint.ToString());
        Assert.True(datagram.IsSignedBy(sk));
        Assert.False(datagram.IsSignedBy(KeyOf(PrivatePortVectors.ServerSk)));
    }

    [Fact]
    public void A_datagram_with_any_bit_flipped_or_of_any_shorter_length_is_nothing()
    {
        var sk = KeyOf(PrivatePortVectors.CallerSk);
        var bytes = PrivatePortVectors.Datagram.ToArray();
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(DiscoveryDatagram.TryRead(bytes, out var other) && other.IsSignedBy(sk), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.False(DiscoveryDatagram.TryRead(bytes.AsSpan(0, length), out _)));
        Assert.False(DiscoveryDatagram.TryRead([.. bytes, 0], out _));
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(32), ulong.MaxValue);
        Assert.False(DiscoveryDatagram.TryRead(bytes, out _));
    }

    private static RSA Import(byte[] pkcs8)
    {
        var pair = RSA.Create();
        pair.ImportPkcs8PrivateKey(pkcs8, out _);
        return pair;
    }

    private static MemberKey KeyOf(byte[] pkcs8)
    {
        using var pair = Import(pkcs8);
        return MemberKey.Load(pair.ExportSubjectPublicKeyInfo());
    }
}
