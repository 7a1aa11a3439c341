using System.Buffers;
using System.Buffers.Binary;
using Repository.Domain.Cluster;
using Repository.Domain.Encoding;

namespace Repository.Domain.Audit;

/// <summary>
/// The end of the audit log as a node saw and verified it, signed by the node (design/formats.md, Cluster).
/// <code>signed := "repository-audit-head-v1" | 0 | u64be(sequence) | hash (32) | LP(date)</code>
/// RS256 by the node's <c>sk</c>; the date is that of signing, in its one spelling.
/// </summary>
/// <param name="NodeId">Who signed.</param>
/// <param name="Sequence">The newest entry's.</param>
/// <param name="Hash">The newest entry's.</param>
/// <param name="Date">When it was signed.</param>
/// <param name="Signature">By the node's <c>sk</c>.</param>
public sealed record CountersignedHead(NodeId NodeId, long Sequence, byte[] Hash, DateTimeOffset Date, byte[] Signature)
{
    /// <summary>Signs a head.</summary>
    public static CountersignedHead Sign(NodeId nodeId, long sequence, byte[] hash, DateTimeOffset date, Func<byte[], byte[]> sign) =>
        new(nodeId, sequence, hash, date, sign(ToSignedBytes(sequence, hash, date)));

    /// <summary>Whether the holder of this key signed it.</summary>
    public bool IsSignedBy(MemberKey sk) => sk.Verifies(ToSignedBytes(Sequence, Hash, Date), Signature);

    private static byte[] ToSignedBytes(long sequence, ReadOnlySpan<byte> hash, DateTimeOffset date)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, AuditEntry.HashSize, nameof(hash));
        var bytes = new ArrayBufferWriter<byte>(128);
        bytes.Write("repository-audit-head-v1\0"u8);
        BinaryPrimitives.WriteInt64BigEndian(bytes.GetSpan(sizeof(long)), sequence);
        bytes.Advance(sizeof(long));
        bytes.Write(hash);
        LengthPrefix.Write(bytes, System.Text.Encoding.ASCII.GetBytes(Rfc3339Date.Spell(date)));
        return bytes.WrittenSpan.ToArray();
    }
}
