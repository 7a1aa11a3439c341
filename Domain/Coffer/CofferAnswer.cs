using System.Buffers.Binary;
using Repository.Domain.Cryptography;

namespace Repository.Domain.Coffer;

/// <summary>
/// Boxes the answer to a client (design/formats.md, Coffer), encoded straight into the box's place: the list is ready already, and nothing of
/// the rest needs a writer.
/// <code>answer := CryptoBox(CBOR map { "challenge": bytes (16), "timecode": uint, "version": uint, "secrets": list })</code>
/// </summary>
public static class CofferAnswer
{
    private const byte MapOfFour = 0xa4;
    private const byte SixteenBytes = 0x50;

    private static ReadOnlySpan<byte> Challenge => "\u0069challenge"u8; // A text's first byte is 0x60 and its length.

    private static ReadOnlySpan<byte> Timecode => "\u0068timecode"u8;

    private static ReadOnlySpan<byte> Version => "\u0067version"u8;

    private static ReadOnlySpan<byte> Secrets => "\u0067secrets"u8;

    /// <summary>Boxes an answer.</summary>
    /// <param name="box">The key that the request was opened with.</param>
    /// <param name="challenge">The request's.</param>
    /// <param name="timecode">The server's clock, in Unix seconds.</param>
    /// <param name="version">The coffer's version.</param>
    /// <param name="list">The secrets, by <see cref="SecretList"/>.</param>
    public static byte[] Seal(CryptoBox box, ReadOnlySpan<byte> challenge, long timecode, long version, ReadOnlySpan<byte> list)
    {
        var size = 1 + Challenge.Length + 1 + challenge.Length + Timecode.Length + SizeOf(timecode)
            + Version.Length + SizeOf(version) + Secrets.Length + list.Length;
        var answer = new byte[CryptoBox.Overhead + size];
        var rest = answer.AsSpan(CryptoBox.Overhead);
        rest = Append(rest, [MapOfFour]);
        rest = Append(Append(Append(rest, Challenge), [SixteenBytes]), challenge);
        rest = AppendUnsigned(Append(rest, Timecode), timecode);
        rest = AppendUnsigned(Append(rest, Version), version);
        rest = Append(Append(rest, Secrets), list);
        System.Diagnostics.Debug.Assert(rest.IsEmpty, "The size is the sum of the parts.");
        box.SealInPlace(answer);
        return answer;
    }

    private static Span<byte> Append(Span<byte> rest, ReadOnlySpan<byte> part)
    {
        part.CopyTo(rest);
        return rest[part.Length..];
    }

    /// <summary>RFC 8949, 3.1: major type 0 in its shortest form.</summary>
    private static Span<byte> AppendUnsigned(Span<byte> rest, long value)
    {
        var size = SizeOf(value);
        switch (size)
        {
            case 1:
                rest[0] = (byte)value;
                break;
            case 2:
                (rest[0], rest[1]) = (0x18, (byte)value);
                break;
            case 3:
                rest[0] = 0x19;
                BinaryPrimitives.WriteUInt16BigEndian(rest[1..], (ushort)value);
                break;
            case 5:
                rest[0] = 0x1a;
                BinaryPrimitives.WriteUInt32BigEndian(rest[1..], (uint)value);
                break;
            default:
                rest[0] = 0x1b;
                BinaryPrimitives.WriteInt64BigEndian(rest[1..], value);
                break;
        }

        return rest[size..];
    }

    private static int SizeOf(long value) => value switch
    {
        < 24 => 1,
        <= byte.MaxValue => 2,
        <= ushort.MaxValue => 3,
        <= uint.MaxValue => 5,
        _ => 9,
    };
}
