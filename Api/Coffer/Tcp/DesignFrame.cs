using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Repository.Domain.Coffer;
using Repository.Domain.Cryptography;

namespace Repository.Api.Coffer.Tcp;

/// <summary>
/// Frames of the <em>design</em> dialect (design/formats.md, Coffer).
/// <code>
/// frame := length of the body (2, big-endian) | type (1) | body
///
/// Link         type 0x01  body: empty
/// OkGet        type 0x03  body: nonce (24) | box: tag (16) | CBOR list of { "key", "value" }
/// KeyNotFound  type 0xaa  body: client key (32)
/// Error        type 0xff  body: reason, UTF-8
/// </code>
/// What a client sends is <see cref="FrameRequest"/>.
/// </summary>
internal static class DesignFrame
{
    /// <summary>The longest list that an OkGet holds.</summary>
    public const int MaxListSize = FrameRequest.MaxBodySize - CryptoBox.Overhead;

    private const int HeaderSize = sizeof(ushort) + sizeof(byte);
    private const byte LinkType = 0x01;
    private const byte OkGetType = 0x03;
    private const byte KeyNotFoundType = 0xaa;
    private const byte ErrorType = 0xff;

    public static bool TryTake(ref ReadOnlySequence<byte> received, out FrameRequest request)
    {
        request = default;
        var reader = new SequenceReader<byte>(received);
        if (!reader.TryReadBigEndian(out short length)
            || !reader.TryRead(out var type)
            || !FrameRequest.TryRead(ref reader, type, unchecked((ushort)length), out request))
        {
            return false;
        }

        received = received.Slice(reader.Position);
        return true;
    }

    public static void WriteLink(IBufferWriter<byte> output) => Begin(output, LinkType, 0);

    public static void WriteKeyNotFound(IBufferWriter<byte> output, ClientKey client)
    {
        Begin(output, KeyNotFoundType, ClientKey.Size);
        output.Write(client.ToByteArray());
    }

    /// <param name="output">Where the frame goes.</param>
    /// <param name="reason">For the other side's developer; ASCII of ours.</param>
    public static void WriteError(IBufferWriter<byte> output, string reason)
    {
        Begin(output, ErrorType, reason.Length);
        Encoding.ASCII.GetBytes(reason, output);
    }

    /// <summary>Boxes a list where it is sent from.</summary>
    public static void WriteOkGet(IBufferWriter<byte> output, ReadOnlySpan<byte> list, CryptoBox box)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(list.Length, MaxListSize, nameof(list));
        var length = list.Length + CryptoBox.Overhead;
        Begin(output, OkGetType, length);
        var body = output.GetSpan(length)[..length];
        list.CopyTo(body[CryptoBox.Overhead..]);
        box.SealInPlace(body);
        output.Advance(length);
    }

    private static void Begin(IBufferWriter<byte> output, byte type, int length)
    {
        var header = output.GetSpan(HeaderSize);
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)length);
        header[sizeof(ushort)] = type;
        output.Advance(HeaderSize);
    }
}
