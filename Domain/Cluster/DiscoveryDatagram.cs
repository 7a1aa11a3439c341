using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Repository.Domain.Encoding;

namespace Repository.Domain.Cluster;

/// <summary>
/// What a node says of itself to its local network (design/formats.md, Cluster).
/// <code>
/// datagram := nodeId (32) | u64be(Unix seconds) | LP(clusterEndpoint) | signature (256 or 384)
/// signed   := "repository-discovery-v1" | 0 | the bytes before the signature                    RS256 by the node's sk
/// </code>
/// </summary>
public sealed class DiscoveryDatagram
{
    /// <summary>In bytes: no datagram is longer.</summary>
    public const int MaxSize = HeaderSize + MemberEndpoint.MaxLength + MemberDescriptor.MaxSignatureSize;

    private const int HeaderSize = NodeId.HashSize + sizeof(ulong) + sizeof(uint);

    private readonly byte[] _signed;
    private readonly byte[] _signature;

    private DiscoveryDatagram(ReadOnlySpan<byte> stated, ReadOnlySpan<byte> signature, DateTimeOffset date, MemberEndpoint endpoint)
    {
        _signed = ToSignedBytes(stated);
        _signature = signature.ToArray();
        NodeId = NodeId.Load(stated[..NodeId.HashSize]);
        Date = date;
        Endpoint = endpoint;
    }

    /// <summary>Who it says announces itself.</summary>
    public NodeId NodeId { get; }

    /// <summary>When, cut to the second.</summary>
    public DateTimeOffset Date { get; }

    /// <summary>Where its private port is reached.</summary>
    public MemberEndpoint Endpoint { get; }

    /// <param name="nodeId">Who announces itself.</param>
    /// <param name="now">Its clock.</param>
    /// <param name="endpoint">Its cluster endpoint.</param>
    /// <param name="sign">RS256 by its <c>sk</c>.</param>
    public static byte[] Write(NodeId nodeId, DateTimeOffset now, MemberEndpoint endpoint, Func<byte[], byte[]> sign)
    {
        var bytes = new ArrayBufferWriter<byte>(MaxSize);
        bytes.Write(nodeId.ToByteArray());
        BinaryPrimitives.WriteInt64BigEndian(bytes.GetSpan(sizeof(long)), now.ToUnixTimeSeconds());
        bytes.Advance(sizeof(long));
        LengthPrefix.Write(bytes, System.Text.Encoding.ASCII.GetBytes(endpoint.ToString()));
        bytes.Write(sign(ToSignedBytes(bytes.WrittenSpan)));
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Reads a stranger's datagram, whose signature is still to be checked. Anything of another shape is false.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out DiscoveryDatagram? datagram)
    {
        datagram = null;
        if (bytes.Length is <= HeaderSize or > MaxSize)
        {
            return false;
        }

        var seconds = BinaryPrimitives.ReadUInt64BigEndian(bytes[NodeId.HashSize..]);
        var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[(HeaderSize - sizeof(uint))..]);
        if (seconds > (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            || length > MemberEndpoint.MaxLength
            || bytes.Length - HeaderSize - (int)length is not (256 or 384)
            || !TryReadEndpoint(bytes.Slice(HeaderSize, (int)length), out var endpoint))
        {
            return false;
        }

        var stated = bytes[..(HeaderSize + (int)length)];
        datagram = new DiscoveryDatagram(stated, bytes[stated.Length..], DateTimeOffset.FromUnixTimeSeconds((long)seconds), endpoint);
        return true;
    }

    /// <summary>Whether the holder of this key made it.</summary>
    public bool IsSignedBy(MemberKey sk) => sk.Verifies(_signed, _signature);

    /// <summary>A byte a character: what is not ASCII comes as far as the rule that refuses it.</summary>
    private static bool TryReadEndpoint(ReadOnlySpan<byte> text, out MemberEndpoint endpoint) =>
        MemberEndpoint.TryParse(System.Text.Encoding.Latin1.GetString(text), out endpoint);

    private static byte[] ToSignedBytes(ReadOnlySpan<byte> stated) => [.. "repository-discovery-v1\0"u8, .. stated];
}
