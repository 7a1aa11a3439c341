using System.Buffers.Binary;
using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Issuing;

namespace Repository.Benchmarks.Load.Conversations;

/// <summary>
/// The coffer's TCP dialects (design/formats.md, Coffer): says who it is once, then asks for its secrets again and again. In the classic one
/// a Hello has no answer, so it goes with the first Get.
/// </summary>
internal sealed class GetFrames(CofferClient client, bool isClassic) : Conversation
{
    private const byte Hello = 0x00;
    private const byte Link = 0x01;
    private const byte Get = 0x02;
    private const byte DesignOkGet = 0x03;
    private const byte ClassicOkGet = 0x05;

    private readonly byte[] _hello = Frame(isClassic, Hello, client.PublicKey);
    private readonly byte[] _get = Frame(isClassic, Get, []);
    private bool _isKnown;
    private bool _awaitsLink;

    public override bool IsUnderway => _awaitsLink;

    private int HeaderBytes => isClassic ? 9 : 3;

    public override void Connected() => (_isKnown, _awaitsLink) = (false, false);

    public override ReadOnlyMemory<byte> NextRequest()
    {
        if (_isKnown)
        {
            return _get;
        }

        (_isKnown, _awaitsLink) = (true, !isClassic);
        return isClassic ? (byte[])[.. _hello, .. _get] : _hello;
    }

    public override int ReadAnswer(Span<byte> received)
    {
        if (received.Length < HeaderBytes)
        {
            return 0;
        }

        var length = HeaderBytes + (isClassic ? (int)BinaryPrimitives.ReadUInt64BigEndian(received) : BinaryPrimitives.ReadUInt16BigEndian(received));
        var expected = _awaitsLink ? Link : isClassic ? ClassicOkGet : DesignOkGet;
        if (received[HeaderBytes - 1] != expected)
        {
            throw UnexpectedAnswerException.For($"a frame of type {expected:x2}", received);
        }

        if (received.Length < length)
        {
            return 0;
        }

        _awaitsLink = false;
        return length;
    }

    private static byte[] Frame(bool isClassic, byte type, byte[] body) => isClassic
        ? [0, 0, 0, 0, 0, 0, 0, (byte)body.Length, type, .. body]
        : [0, (byte)body.Length, type, .. body];
}
