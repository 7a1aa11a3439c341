using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;
using Repository.Domain.Capabilities;
using Repository.Domain.Encoding;

namespace Repository.Domain.Coffer;

/// <summary>
/// What a client's box holds when it asks for its secrets (design/formats.md, Coffer).
/// <code>
/// request := CBOR map { "op": "get", "challenge": bytes (16), "timecode": uint [, "machine": text, "cap": text ] }
/// </code>
/// </summary>
/// <param name="Challenge">The client's, which the answer repeats.</param>
/// <param name="Timecode">The client's clock in Unix seconds.</param>
/// <param name="Machine">For a shard that takes a licence: the machine that holds the seat.</param>
/// <param name="Capability">For a shard that takes a licence: the capability that the seat is under.</param>
public sealed record CofferRequest(byte[] Challenge, ulong Timecode, HashIdentifier? Machine, CapabilityGuid? Capability)
{
    public const int ChallengeSize = 16;

    /// <summary>How far a client's clock may be from the server's, in whole seconds; a second more is too far.</summary>
    public const long FreshSeconds = 900;

    /// <summary>What the box must hold, as the end of a sentence that begins with the body's name.</summary>
    public const string Rule =
        "must hold, in its box, one CBOR map of op (get), challenge (16 bytes) and timecode (unsigned), and optionally machine and cap (text), and nothing else.";

    /// <summary>The first moment at which the request is fresh no longer. Only of one that is.</summary>
    public DateTimeOffset ExpiresDate => DateTimeOffset.FromUnixTimeSeconds((long)Timecode + FreshSeconds + 1);

    /// <summary>Whether the client's clock and this one are near enough.</summary>
    public bool IsFresh(DateTimeOffset now) => Timecode <= long.MaxValue && Math.Abs((long)Timecode - now.ToUnixTimeSeconds()) <= FreshSeconds;

    /// <summary>Reads what a stranger boxed, all of it. Never throws.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> plaintext, [NotNullWhen(true)] out CofferRequest? request)
    {
        try
        {
            return new RequestFields().TryRead(new CborReader(plaintext, CborConformanceMode.Strict), out request); // Strict: no key twice.
        }
        catch (CborContentException)
        {
            request = null;
            return false;
        }
    }

    /// <summary>The fields as they are found, by their names: Strict compares the bytes of a key, and a text has more than one spelling.</summary>
    private sealed class RequestFields
    {
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);
        private bool _isGet;
        private byte[]? _challenge;
        private ulong? _timecode;
        private HashIdentifier? _machine;
        private CapabilityGuid? _capability;

        public bool TryRead(CborReader cbor, [NotNullWhen(true)] out CofferRequest? request)
        {
            request = null;
            if (cbor.PeekState() != CborReaderState.StartMap)
            {
                return false;
            }

            cbor.ReadStartMap();
            while (KindOfNext(cbor) == CborReaderState.TextString)
            {
                var name = cbor.ReadTextString();
                if (!_names.Add(name) || !TryReadField(cbor, name))
                {
                    return false;
                }
            }

            if (cbor.PeekState() != CborReaderState.EndMap)
            {
                return false;
            }

            cbor.ReadEndMap();
            request = cbor.BytesRemaining == 0 && _isGet && _challenge is not null && _timecode is { } timecode
                ? new CofferRequest(_challenge, timecode, _machine, _capability)
                : null;
            return request is not null;
        }

        private bool TryReadField(CborReader cbor, string name) => (name, KindOfNext(cbor)) switch
        {
            ("op", CborReaderState.TextString) => _isGet = string.Equals(cbor.ReadTextString(), "get", StringComparison.Ordinal),
            ("challenge", CborReaderState.ByteString) => (_challenge = cbor.ReadByteString()).Length == ChallengeSize,
            ("timecode", CborReaderState.UnsignedInteger) => (_timecode = cbor.ReadUInt64()) is not null,
            ("machine", CborReaderState.TextString) => TryRead(cbor, out _machine),
            ("cap", CborReaderState.TextString) => TryRead(cbor, out _capability),
            _ => false,
        };

        /// <summary>A string in chunks is a string like another; the reader joins them.</summary>
        private static CborReaderState KindOfNext(CborReader cbor) => cbor.PeekState() switch
        {
            CborReaderState.StartIndefiniteLengthTextString => CborReaderState.TextString,
            CborReaderState.StartIndefiniteLengthByteString => CborReaderState.ByteString,
            var kind => kind,
        };

        private static bool TryRead<T>(CborReader cbor, out T? value)
            where T : struct, ICanonicalText<T>
        {
            value = T.TryParse(cbor.ReadTextString(), out var parsed) ? parsed : null;
            return value is not null;
        }
    }
}
