using System.Security.Cryptography;
using Repository.Domain.Cluster;
using Repository.Domain.Cluster.PrivatePort;

namespace Repository.Api.Tests.Cluster.PrivatePort;

/// <summary>Both sides of a handshake, without a wire between them.</summary>
public sealed class HandshakesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 19, 19, 0, TimeSpan.Zero);

    private readonly TestPeer _server = TestPeer.Get(0);
    private readonly TestPeer _caller = TestPeer.Get(1);
    private readonly TestPeer _stranger = TestPeer.Get(2);

    private TestHello Right => new(_server.Id, (ulong)Now.ToUnixTimeSeconds());

    [Fact]
    public void Both_sides_know_each_other_and_talk()
    {
        using var caller = _caller.Begin(_server.Id, _server.Ck, Now.AddMilliseconds(999));
        Assert.InRange(caller.Hello.Length, 1, ServerHandshake.MaxHelloSize);
        Assert.True(ServerHandshake.IsPossibleSize(caller.Hello.Length, 256));
        var server = Open(caller.Hello)!;
        Assert.Equal(_caller.Id, server.CallerId);
        Assert.Equal(Now, server.Date);
        Assert.True(server.IsSignedBy(_caller.Sk, _server.Id));
        var reply = server.Reply(out var serverSide);
        Assert.Equal(CallerHandshake.ReplySize, reply.Length);

        Assert.True(caller.TryOpenReply(reply, out var callerSide, out var member));

        Assert.True(serverSide.Incoming.TryOpen(callerSide.Outgoing.Seal(member), out var proof));
        Assert.True(server.IsProvenBy(proof, _caller.Sk));
        for (var i = 0; i < 3; i++)
        {
            Assert.True(callerSide.Incoming.TryOpen(serverSide.Outgoing.Seal([(byte)i]), out var there));
            Assert.True(serverSide.Incoming.TryOpen(callerSide.Outgoing.Seal([(byte)(i + 9)]), out var back));
            Assert.Equal([(byte)i, (byte)(i + 9)], [.. there, .. back]);
        }
    }

    [Theory]
    [InlineData(3072, 2048)]
    [InlineData(2048, 3072)]
    [InlineData(3072, 3072)]
    public void The_longest_keys_fit(int serverBits, int callerBits) =>
        Assert.InRange(HelloFormat.SizeOf(serverBits / 8, callerBits / 8), 1, ServerHandshake.MaxHelloSize - Frame.PrefixSize);

    [Fact]
    public void A_hello_that_the_test_puts_together_is_one()
    {
        var server = Open(_caller.Hello(_server.Ck, Right))!;

        Assert.True(server.IsSignedBy(_caller.Sk, _server.Id));
        Assert.False(server.IsSignedBy(_stranger.Sk, _server.Id));
        Assert.False(server.IsSignedBy(_caller.Sk, _stranger.Id)); // Made for another server.
    }

    [Fact]
    public void A_hello_for_another_purpose_is_none()
    {
        Assert.Null(Open(_caller.Hello(_server.Ck, Right with { SealLabel = "repository-cluster-reply-v1"u8.ToArray() })));
        Assert.Null(Open(_caller.Hello(_server.Ck, Right with { SealLabel = [] })));
        Assert.All(
            [
                Right with { SignedLabel = "repository-cluster-member-v1"u8.ToArray() },
                Right with { SignedTime = new byte[8] },
                Right with { Server = _stranger.Id },
                Right with { Signer = _stranger.SkPair },
                Right with { Signer = _caller.CkPair },
            ],
            parts => Assert.False(Open(_caller.Hello(_server.Ck, parts))!.IsSignedBy(_caller.Sk, _server.Id)));
    }

    [Fact]
    public void A_hello_of_another_version_or_of_no_date_is_none()
    {
        Assert.Null(Open(_caller.Hello(_server.Ck, Right with { Secrets = [.. RandomNumberGenerator.GetBytes(48), 0, 0, 0, 2] })));
        Assert.Null(Open(_caller.Hello(_server.Ck, Right with { Secrets = [.. RandomNumberGenerator.GetBytes(48), 1, 0, 0, 1] })));
        Assert.Null(Open(_caller.Hello(_server.Ck, Right with { Secrets = RandomNumberGenerator.GetBytes(51) })));
        Assert.Null(Open(_caller.Hello(_server.Ck, Right with { Secrets = [.. RandomNumberGenerator.GetBytes(48), 0, 0, 0, 1, 0] })));
        Assert.Null(Open(_caller.Hello(_server.Ck, Right with { Seconds = ulong.MaxValue })));
        Assert.Null(Open(_caller.Hello(_server.Ck, Right with { Seconds = 253_402_300_800 })));
        Assert.NotNull(Open(_caller.Hello(_server.Ck, Right with { Seconds = 253_402_300_799 })));
        Assert.Null(Open(_caller.Hello(_stranger.Ck, Right))); // For another's key.
    }

    [Fact]
    public void A_hello_with_any_bit_flipped_stays_shut()
    {
        var hello = _caller.Hello(_server.Ck, Right);
        var secrets = _server.CkPair.DecryptOaep(hello[..256]);
        for (var bit = 0; bit < hello.Length * 8; bit += bit < 256 * 8 ? 7 : 1) // Of the first part, a decryption each, every seventh.
        {
            hello[bit / 8] ^= (byte)(1 << (bit % 8));
            var opened = bit < 256 * 8 ? Open(hello) : Open(hello, [.. secrets]);
            Assert.True(opened is null, $"bit {bit}");
            hello[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.NotNull(Open(hello, [.. secrets]));
    }

    [Fact]
    public void A_hello_of_any_other_length_stays_shut()
    {
        var hello = _caller.Hello(_server.Ck, Right);
        var secrets = _server.CkPair.DecryptOaep(hello[..256]);

        Assert.All(Enumerable.Range(0, hello.Length), length => Assert.Null(Open(hello[..length], [.. secrets])));
        Assert.Null(Open([.. hello, 0], [.. secrets]));
        Assert.Equal([580, 708], Enumerable.Range(0, 2_000).Where(size => ServerHandshake.IsPossibleSize(size, 256)));
    }

    [Fact]
    public void A_reply_with_any_bit_flipped_or_of_another_hello_is_none()
    {
        using var caller = _caller.Begin(_server.Id, _server.Ck, Now);
        var reply = Open(caller.Hello)!.Reply(out _);
        for (var bit = 0; bit < reply.Length * 8; bit++)
        {
            reply[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(caller.TryOpenReply(reply, out _, out _), $"bit {bit}");
            reply[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.All(Enumerable.Range(0, reply.Length), length => Assert.False(caller.TryOpenReply(reply.AsSpan(0, length), out _, out _)));
        using var other = _caller.Begin(_server.Id, _server.Ck, Now);
        Assert.False(other.TryOpenReply(reply, out _, out _));
        Assert.True(caller.TryOpenReply(reply, out _, out _));
    }

    [Fact]
    public void A_reply_that_repeats_another_salt_or_version_is_none()
    {
        using var caller = _caller.Begin(_server.Id, _server.Ck, Now);
        var secrets = _server.CkPair.DecryptOaep(caller.Hello[..256]);
        byte[] Reply(byte[] salt1, byte version, byte[] label) =>
            SealedPart.Seal(secrets.AsSpan(0, 32), [.. new byte[48], .. salt1, 0, 0, 0, version], label);

        Assert.True(caller.TryOpenReply(Reply(secrets[32..48], 1, ReplyFormat.Label.ToArray()), out _, out _));
        Assert.False(caller.TryOpenReply(Reply(new byte[16], 1, ReplyFormat.Label.ToArray()), out _, out _));
        Assert.False(caller.TryOpenReply(Reply(secrets[32..48], 2, ReplyFormat.Label.ToArray()), out _, out _));
        Assert.False(caller.TryOpenReply(Reply(secrets[32..48], 1, HelloFormat.Label.ToArray()), out _, out _));
    }

    [Fact]
    public void A_proof_of_another_handshake_key_or_node_is_none()
    {
        using var caller = _caller.Begin(_server.Id, _server.Ck, Now);
        var server = Open(caller.Hello)!;
        Assert.True(caller.TryOpenReply(server.Reply(out _), out _, out var proof));
        Assert.True(server.IsProvenBy(proof, _caller.Sk));

        Assert.False(server.IsProvenBy(proof, _stranger.Sk));
        Assert.False(server.IsProvenBy([.. _stranger.Id.ToByteArray(), .. proof[32..]], _caller.Sk));
        Assert.All(Enumerable.Range(0, proof.Length), length => Assert.False(server.IsProvenBy(proof.AsSpan(0, length), _caller.Sk)));
        Assert.False(server.IsProvenBy([.. proof, 0], _caller.Sk));
        var again = Open(caller.Hello)!;
        _ = again.Reply(out _);
        Assert.False(again.IsProvenBy(proof, _caller.Sk)); // Another reply was signed.
    }

    private ServerHandshake? Open(byte[] hello)
    {
        try
        {
            return Open(hello, _server.CkPair.DecryptOaep(hello[..256]));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static ServerHandshake? Open(byte[] hello, byte[] secrets) =>
        ServerHandshake.TryOpen(hello, 256, secrets, out var handshake) ? handshake : null;
}
