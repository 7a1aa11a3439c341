using System.Buffers;
using Repository.Domain.Coffer;

namespace Repository.Api.Coffer.Tcp;

/// <summary>
/// What a client says in a frame. The dialects have different headers and the same requests. A wrong one is known from its header, and refused
/// without waiting for its body.
/// <code>
/// Hello  type 0x00  body: client key (32)
/// Get    type 0x02  body: empty
/// Bye    type 0x99  body: anything of at most 65,535 bytes, not looked at
/// </code>
/// </summary>
/// <param name="Kind">Which of them it is.</param>
/// <param name="Client">The client key of a Hello.</param>
/// <param name="Fault">Why it is none of them, for the other side's developer; null where it is one.</param>
internal readonly record struct FrameRequest(RequestKind Kind, ClientKey Client = default, string? Fault = null)
{
    /// <summary>The largest body of a frame in either dialect (design/formats.md, Coffer). No request of a client comes near it.</summary>
    public const int MaxBodySize = ushort.MaxValue;

    private const byte HelloCode = 0x00;
    private const byte GetCode = 0x02;
    private const byte ByeCode = 0x99;

    /// <summary>Reads a request whose header was read.</summary>
    /// <param name="reader">Stands after the header; afterwards after the request.</param>
    /// <param name="type">From the header.</param>
    /// <param name="length">From the header: of the body.</param>
    /// <param name="request">The request, which may be a fault.</param>
    /// <returns>False while there is too little of it.</returns>
    public static bool TryRead(ref SequenceReader<byte> reader, byte type, ulong length, out FrameRequest request)
    {
        switch (type)
        {
            case HelloCode when length == ClientKey.Size:
                return TryReadHello(ref reader, out request);
            case HelloCode:
                request = Wrong("The body of Hello is a client key of 32 bytes.");
                return true;
            case GetCode:
                request = length == 0 ? new FrameRequest(RequestKind.Get) : Wrong("Get has no body.");
                return true;
            case ByeCode when length <= MaxBodySize:
                request = new FrameRequest(RequestKind.Bye);
                return TrySkip(ref reader, (long)length);
            case ByeCode:
                request = Wrong("A body is at most 65,535 bytes.");
                return true;
            default:
                request = Wrong("Unknown type: a client says Hello (0x00), Get (0x02) or Bye (0x99).");
                return true;
        }
    }

    private static bool TryReadHello(ref SequenceReader<byte> reader, out FrameRequest request)
    {
        Span<byte> key = stackalloc byte[ClientKey.Size];
        var isWhole = reader.TryCopyTo(key);
        reader.Advance(isWhole ? key.Length : 0);
        request = isWhole ? new FrameRequest(RequestKind.Hello, ClientKey.Load(key)) : default;
        return isWhole;
    }

    private static bool TrySkip(ref SequenceReader<byte> reader, long length)
    {
        var isWhole = reader.Remaining >= length;
        reader.Advance(isWhole ? length : 0);
        return isWhole;
    }

    private static FrameRequest Wrong(string fault) => new(RequestKind.Wrong, Fault: fault);
}

/// <summary>The kinds of frames that a client sends.</summary>
internal enum RequestKind
{
    /// <summary>None of the others.</summary>
    Wrong,
    Hello,
    Get,
    Bye,
}
