using System.Buffers.Binary;

namespace Repository.Benchmarks.Load.Client;

/// <summary>One HTTP/2 frame: <c>length(3) type(1) flags(1) stream(4) payload</c> (RFC 9113 §4.1).</summary>
internal readonly ref struct Http2Frame
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte ResetStream = 3;
    public const byte Settings = 4;
    public const byte Ping = 6;
    public const byte GoAway = 7;
    public const byte WindowUpdate = 8;

    /// <summary>On <see cref="Data"/> and <see cref="Headers"/>: the last of its stream.</summary>
    public const byte EndStream = 1;

    /// <summary>On <see cref="Settings"/> and <see cref="Ping"/>: an acknowledgement.</summary>
    public const byte Acknowledged = 1;

    /// <summary>On <see cref="Headers"/>: no continuation follows.</summary>
    public const byte EndHeaders = 4;

    public const int HeadBytes = 9;

    private Http2Frame(byte type, byte flags, ReadOnlySpan<byte> payload)
    {
        Type = type;
        Flags = flags;
        Payload = payload;
    }

    public byte Type { get; }

    public byte Flags { get; }

    public ReadOnlySpan<byte> Payload { get; }

    public int Length => HeadBytes + Payload.Length;

    public static bool TryRead(ReadOnlySpan<byte> received, out Http2Frame frame)
    {
        frame = default;
        if (received.Length < HeadBytes)
        {
            return false;
        }

        var length = (received[0] << 16) | (received[1] << 8) | received[2];
        if (received.Length < HeadBytes + length)
        {
            return false;
        }

        frame = new Http2Frame(received[3], received[4], received.Slice(HeadBytes, length));
        return true;
    }

    public static byte[] Write(byte type, byte flags, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[HeadBytes + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8 | type);
        frame[4] = flags;
        payload.CopyTo(frame.AsSpan(HeadBytes));
        return frame;
    }

    public static void WriteStream(Span<byte> frame, int stream) => BinaryPrimitives.WriteInt32BigEndian(frame[5..], stream);
}
