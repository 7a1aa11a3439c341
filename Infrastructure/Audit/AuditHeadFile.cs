using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Repository.Domain.Audit;
using Repository.Domain.Cluster;

namespace Repository.Infrastructure.Audit;

/// <summary>
/// What <c>audit.head</c> holds.
/// <code>file := version (1) | nodeId (32) | u64be(sequence) | hash (32) | u64be(date, UTC ticks) | signature (256 or 384)</code>
/// </summary>
internal static class AuditHeadFile
{
    private const byte Version = 1;
    private const int HashOffset = 1 + NodeId.HashSize + sizeof(long);
    private const int DateOffset = HashOffset + AuditEntry.HashSize;
    private const int SignatureOffset = DateOffset + sizeof(long);

    public static byte[] Write(CountersignedHead head)
    {
        var file = new byte[SignatureOffset + head.Signature.Length];
        file[0] = Version;
        head.NodeId.ToByteArray().CopyTo(file, 1);
        BinaryPrimitives.WriteInt64BigEndian(file.AsSpan(HashOffset - sizeof(long)), head.Sequence);
        head.Hash.CopyTo(file, HashOffset);
        BinaryPrimitives.WriteInt64BigEndian(file.AsSpan(DateOffset), head.Date.UtcTicks);
        head.Signature.CopyTo(file, SignatureOffset);
        return file;
    }

    /// <summary>Anything of another shape is false.</summary>
    public static bool TryRead(ReadOnlySpan<byte> file, [NotNullWhen(true)] out CountersignedHead? head)
    {
        head = null;
        if (file.Length - SignatureOffset is not (256 or 384) || file[0] != Version)
        {
            return false;
        }

        var sequence = BinaryPrimitives.ReadInt64BigEndian(file[(HashOffset - sizeof(long))..]);
        var ticks = BinaryPrimitives.ReadInt64BigEndian(file[DateOffset..]);
        if (sequence < 0 || ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks)
        {
            return false;
        }

        head = new CountersignedHead(
            NodeId.Load(file.Slice(1, NodeId.HashSize)),
            sequence,
            file[HashOffset..DateOffset].ToArray(),
            new DateTimeOffset(ticks, TimeSpan.Zero),
            file[SignatureOffset..].ToArray());
        return true;
    }
}
