using System.Buffers.Binary;

namespace Repository.Domain.Cluster.PrivatePort;

/// <summary>
/// What travels on the private port (design/formats.md, Cluster).
/// <code>frame := u32be(length) | body (length), 1 to 65,536 bytes</code>
/// </summary>
public static class Frame
{
    /// <summary>In bytes, of the length before a body.</summary>
    public const int PrefixSize = sizeof(uint);

    /// <summary>In bytes.</summary>
    public const int MaxBodySize = 65_536;

    /// <summary>A body behind its length.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The body is empty or larger than <see cref="MaxBodySize"/>.</exception>
    public static byte[] Write(ReadOnlySpan<byte> body)
    {
        ArgumentOutOfRangeException.ThrowIfZero(body.Length, nameof(body));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(body.Length, MaxBodySize, nameof(body));
        var frame = new byte[PrefixSize + body.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)body.Length);
        body.CopyTo(frame.AsSpan(PrefixSize));
        return frame;
    }

    /// <summary>Reads the length of a stranger's frame. No frame is empty: a length of 0 is false, as one over the largest is.</summary>
    /// <param name="prefix">The first <see cref="PrefixSize"/> bytes.</param>
    /// <param name="maxBodySize">The largest body to be taken now.</param>
    /// <param name="length">In bytes, of the body.</param>
    public static bool TryReadLength(ReadOnlySpan<byte> prefix, int maxBodySize, out int length)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(prefix.Length, PrefixSize, nameof(prefix));
        var read = BinaryPrimitives.ReadUInt32BigEndian(prefix);
        length = read <= (uint)maxBodySize ? (int)read : 0;
        return length > 0;
    }
}
