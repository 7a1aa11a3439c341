using System.Formats.Cbor;

namespace Repository.Domain.Coffer;

/// <summary>
/// The secrets of a shard as clients get them (design/formats.md, Coffer).
/// <code>list := CBOR array of map { "key": text, "value": value }</code>
/// </summary>
public static class SecretList
{
    /// <summary>Encodes secrets in the order in which they are given.</summary>
    public static byte[] Encode(IReadOnlyList<Secret> secrets)
    {
        var cbor = new CborWriter(CborConformanceMode.Strict);
        cbor.WriteStartArray(secrets.Count);
        foreach (var secret in secrets)
        {
            cbor.WriteStartMap(2);
            cbor.WriteTextString("key");
            cbor.WriteTextString(secret.Key);
            cbor.WriteTextString("value");
            secret.Value.Write(cbor);
            cbor.WriteEndMap();
        }

        cbor.WriteEndArray();
        return cbor.Encode();
    }
}
