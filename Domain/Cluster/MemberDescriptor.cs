using System.Buffers;
using System.Buffers.Binary;
using Repository.Domain.Encoding;

namespace Repository.Domain.Cluster;

/// <summary>
/// What a member of a cluster says of itself and signs (<c>digSig</c>; design/formats.md, Cluster).
/// <code>
/// signed := "repository-member-v1" | 0 | LP(name) | LP(nodeId) | u64be(attrs) | LP(ck SPKI) | LP(sk SPKI) | u16be(count) | LP(endpoint) ...
/// LP(x)  := u32be(length) | x
/// </code>
/// The signature is RS256 by <c>sk</c>, so whoever has the descriptor can check it, and nobody can add a key or an address to it.
/// </summary>
/// <param name="Name">What it is called.</param>
/// <param name="NodeId">Its id.</param>
/// <param name="Attrs">Bits of its own; 0 at nodes of this deployment.</param>
/// <param name="Ck">The key that others encrypt to.</param>
/// <param name="Sk">The key that it signs with.</param>
/// <param name="Endpoints">Where it is reached; at a node of this deployment its cluster endpoint and its public one.</param>
public sealed record MemberDescriptor(MemberName Name, NodeId NodeId, long Attrs, MemberKey Ck, MemberKey Sk, IReadOnlyList<MemberEndpoint> Endpoints)
{
    /// <summary>2^53 - 1: the largest number that every JSON reader holds exactly.</summary>
    public const long MaxAttrs = (1L << 53) - 1;

    /// <summary>How many endpoints a member has at the most.</summary>
    public const int MaxEndpoints = 64;

    /// <summary>In bytes: the longest signature, of a key of 3072 bits.</summary>
    public const int MaxSignatureSize = 384;

    /// <summary>In bytes: the longest that is looked at, of the longest RSA keys there are here; whose key is too long is told so.</summary>
    public const int MaxGivenSignatureSize = 1_024;

    /// <summary>Whether an id of the length of a hash is the hash of <c>sk</c>; a shorter one is the member's own choice.</summary>
    public bool HasPossibleId => !NodeId.IsHash || NodeId == Sk.NodeId;

    /// <summary>What is signed.</summary>
    public byte[] ToSignedBytes()
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        bytes.Write("repository-member-v1\0"u8);
        LengthPrefix.Write(bytes, System.Text.Encoding.ASCII.GetBytes(Name.ToString()));
        LengthPrefix.Write(bytes, NodeId.ToByteArray());
        BinaryPrimitives.WriteInt64BigEndian(bytes.GetSpan(sizeof(long)), Attrs);
        bytes.Advance(sizeof(long));
        LengthPrefix.Write(bytes, Ck.Spki);
        LengthPrefix.Write(bytes, Sk.Spki);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.GetSpan(sizeof(ushort)), checked((ushort)Endpoints.Count));
        bytes.Advance(sizeof(ushort));
        foreach (var endpoint in Endpoints)
        {
            LengthPrefix.Write(bytes, System.Text.Encoding.ASCII.GetBytes(endpoint.ToString()));
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Whether the holder of <c>sk</c> signed this descriptor.</summary>
    public bool IsSignedWith(ReadOnlySpan<byte> digSig) => Sk.Verifies(ToSignedBytes(), digSig);
}
