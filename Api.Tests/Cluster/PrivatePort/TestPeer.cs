using System.Buffers.Binary;
using System.Security.Cryptography;
using Repository.Api.Tests.Cryptography;
using Repository.Domain.Cluster;
using Repository.Domain.Cluster.PrivatePort;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Cluster.PrivatePort;

/// <summary>A node that a test plays: its two pairs, and what it says to a server, right or wrong.</summary>
internal sealed class TestPeer
{
    /// <summary>Made once: making a pair takes longer than most tests.</summary>
    private static readonly Lazy<TestPeer[]> Made = new(static () => [.. Enumerable.Range(0, 4).Select(static _ => new TestPeer())]);

    private TestPeer()
    {
    }

    public TestKey CkPair { get; } = TestKey.Make(SigningKeyKind.Rsa);

    public TestKey SkPair { get; } = TestKey.Make(SigningKeyKind.Rsa);

    public MemberKey Ck => Parse(CkPair);

    public MemberKey Sk => Parse(SkPair);

    public NodeId Id => NodeId.Load(SkPair.Hash);

    /// <summary>One of four.</summary>
    public static TestPeer Get(int index) => Made.Value[index];

    public MemberDescriptor Describe(string endpoint = "127.0.0.1:1", string publicEndpoint = "127.0.0.1:2") => new(
        MemberName.Parse($"test_{Id.ToString()[..8]}"), Id, 0, Ck, Sk, [MemberEndpoint.Parse(endpoint), MemberEndpoint.Parse(publicEndpoint)]);

    /// <summary>The caller's side as the server's own peers have it.</summary>
    public CallerHandshake Begin(NodeId server, MemberKey serverCk, DateTimeOffset now) =>
        CallerHandshake.Begin(server, serverCk, Id, now, data => SkPair.Sign(data));

    /// <summary>A hello put together by the format's page, of parts that a test may change.</summary>
    public byte[] Hello(MemberKey serverCk, TestHello parts)
    {
        var key1 = parts.Secrets.AsSpan(0, 32);
        var encrypted = serverCk.Encrypt(parts.Secrets);
        var time = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(time, parts.Seconds);
        byte[] signed = [.. parts.SignedLabel, 0, .. parts.Server.ToByteArray(), .. SHA256.HashData(encrypted), .. parts.SignedTime ?? time];
        var signature = (parts.Signer ?? SkPair).Sign(signed);
        byte[] plain = [.. (parts.Caller ?? Id).ToByteArray(), .. time, .. signature];
        var part = new byte[12 + plain.Length + 16];
        RandomNumberGenerator.Fill(part.AsSpan(0, 12));
        using var aes = new AesGcm(key1, 16);
        aes.Encrypt(part.AsSpan(0, 12), plain, part.AsSpan(12, plain.Length), part.AsSpan(12 + plain.Length), parts.SealLabel);
        return [.. encrypted, .. part];
    }

    private static MemberKey Parse(TestKey pair) =>
        MemberKey.TryParsePem(pair.Pem, out var key) ? key : throw new InvalidOperationException("It is a member's key.");
}

/// <summary>The parts of a hello; those that are not named are right.</summary>
internal sealed record TestHello(NodeId Server, ulong Seconds)
{
    public byte[] Secrets { get; init; } = [.. RandomNumberGenerator.GetBytes(48), 0, 0, 0, 1];

    public byte[] SignedLabel { get; init; } = "repository-cluster-hello-v1"u8.ToArray();

    public byte[] SealLabel { get; init; } = "repository-cluster-hello-v1"u8.ToArray();

    public byte[]? SignedTime { get; init; }

    public NodeId? Caller { get; init; }

    public TestKey? Signer { get; init; }
}
