using System.Buffers;
using System.Buffers.Binary;

namespace Repository.Domain.Encoding;

/// <summary>
/// <c>LP(x) = u32be(length) | x</c> (design/formats.md, Identifiers): parts that are joined so cannot be cut apart elsewhere.
/// </summary>
public static class LengthPrefix
{
    /// <summary>Writes a value behind its length.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> value)
    {
        var span = output.GetSpan(sizeof(uint) + value.Length);
        BinaryPrimitives.WriteUInt32BigEndian(span, (uint)value.Length);
        value.CopyTo(span[sizeof(uint)..]);
        output.Advance(sizeof(uint) + value.Length);
    }
}
