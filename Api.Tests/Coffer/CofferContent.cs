using System.Formats.Cbor;

namespace Repository.Api.Tests.Coffer;

/// <summary>What an answer's box holds.</summary>
/// <param name="Challenge">The request's.</param>
/// <param name="Timecode">The server's clock.</param>
/// <param name="Version">The coffer's version.</param>
/// <param name="Secrets">In the answer's order; integers are <see cref="long"/>, floats <see cref="double"/>, dates <see cref="DateTimeOffset"/>.</param>
internal sealed record CofferContent(byte[] Challenge, ulong Timecode, ulong Version, IReadOnlyList<KeyValuePair<string, object>> Secrets)
{
    public IEnumerable<string> Keys => Secrets.Select(secret => secret.Key);

    public object this[string key] => Secrets.Single(secret => string.Equals(secret.Key, key, StringComparison.Ordinal)).Value;

    public static CofferContent Read(byte[] plaintext)
    {
        var cbor = new CborReader(plaintext, CborConformanceMode.Strict);
        Assert.Equal(4, cbor.ReadStartMap());
        Assert.Equal("challenge", cbor.ReadTextString());
        var challenge = cbor.ReadByteString();
        Assert.Equal("timecode", cbor.ReadTextString());
        var timecode = cbor.ReadUInt64();
        Assert.Equal("version", cbor.ReadTextString());
        var version = cbor.ReadUInt64();
        Assert.Equal("secrets", cbor.ReadTextString());
        var secrets = new List<KeyValuePair<string, object>>();
        for (var left = cbor.ReadStartArray(); left > 0; left--)
        {
            Assert.Equal(2, cbor.ReadStartMap());
            Assert.Equal("key", cbor.ReadTextString());
            var key = cbor.ReadTextString();
            Assert.Equal("value", cbor.ReadTextString());
            secrets.Add(KeyValuePair.Create(key, ReadValue(cbor)));
            cbor.ReadEndMap();
        }

        cbor.ReadEndArray();
        cbor.ReadEndMap();
        Assert.Equal(0, cbor.BytesRemaining);
        return new CofferContent(challenge, timecode, version, secrets);
    }

    private static object ReadValue(CborReader cbor)
    {
        switch (cbor.PeekState())
        {
            case CborReaderState.TextString: return cbor.ReadTextString();
            case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger: return cbor.ReadInt64();
            case CborReaderState.Boolean: return cbor.ReadBoolean();
            case CborReaderState.Tag:
                Assert.Equal(CborTag.DateTimeString, cbor.PeekTag());
                return cbor.ReadDateTimeOffset();
            default: return cbor.ReadDouble();
        }
    }
}
