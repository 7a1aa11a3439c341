using System.Buffers;
using System.Buffers.Binary;

namespace Repository.Api.Coffer.Tcp;

/// <summary>
/// Frames of the <em>classic</em> dialect (design/formats.md, Coffer), which the published Rust client speaks.
/// <code>
/// frame := length of the body (8, big-endian) | type (1) | body
///
/// OkGet  type 0x05  body: sealed box: ephemeral public key (32) | tag (16) | CBOR list of [key, { type: value }]
/// </code>
/// What a client sends is <see cref="FrameRequest"/>.
/// </summary>
internal static class ClassicFrame
{
    private const int HeaderSize = sizeof(ulong) + sizeof(byte);
    private const byte OkGetType = 0x05;

    public static bool TryTake(ref ReadOnlySequence<byte> received, out FrameRequest request)
    {
        request = default;
        var reader = new SequenceReader<byte>(received);
        if (!reader.TryReadBigEndian(out long length)
            || !reader.TryRead(out var type)
            || !FrameRequest.TryRead(ref reader, type, unchecked((ulong)length), out request))
        {
            return false;
        }

        received = received.Slice(reader.Position);
        return true;
    }

    public static void WriteOkGet(IBufferWriter<byte> output, ReadOnlySpan<byte> sealedList)
    {
        var header = output.GetSpan(HeaderSize);
        BinaryPrimitives.WriteUInt64BigEndian(header, (ulong)sealedList.Length);
        header[sizeof(ulong)] = OkGetType;
        output.Advance(HeaderSize);
        output.Write(sealedList);
    }
}
