using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Repository.Api.Tests.Coffer;

/// <summary>What a request's box holds, right or wrong.</summary>
internal sealed class CofferFields
{
    private readonly List<(string Name, Action<CborWriter> Write)> _fields = [];

    /// <summary>The fields of an ordinary request.</summary>
    public static CofferFields Of(DateTimeOffset clock) => Of(clock.ToUnixTimeSeconds());

    public static CofferFields Of(long timecode) => new CofferFields()
        .With("op", static cbor => cbor.WriteTextString("get"))
        .With("challenge", static cbor => cbor.WriteByteString(RandomNumberGenerator.GetBytes(16)))
        .With("timecode", cbor => cbor.WriteInt64(timecode));

    public CofferFields With(string name, string text) => With(name, cbor => cbor.WriteTextString(text));

    /// <summary>With a field in the place of the one of this name, or at the end.</summary>
    public CofferFields With(string name, Action<CborWriter> write)
    {
        var at = _fields.FindIndex(field => string.Equals(field.Name, name, StringComparison.Ordinal));
        if (at < 0)
        {
            _fields.Add((name, write));
        }
        else
        {
            _fields[at] = (name, write);
        }

        return this;
    }

    /// <summary>With one more field, whatever its name.</summary>
    public CofferFields And(string name, Action<CborWriter> write)
    {
        _fields.Add((name, write));
        return this;
    }

    public CofferFields Without(string name)
    {
        _fields.RemoveAll(field => string.Equals(field.Name, name, StringComparison.Ordinal));
        return this;
    }

    public byte[] Encode()
    {
        var cbor = new CborWriter(CborConformanceMode.Lax);
        cbor.WriteStartMap(_fields.Count);
        foreach (var (name, write) in _fields)
        {
            cbor.WriteTextString(name);
            write(cbor);
        }

        cbor.WriteEndMap();
        return cbor.Encode();
    }
}
