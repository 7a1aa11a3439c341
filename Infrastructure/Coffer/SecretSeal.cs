using System.Formats.Cbor;
using System.Security.Cryptography;
using Repository.Domain.Coffer;
using Repository.Infrastructure.Keys;

namespace Repository.Infrastructure.Coffer;

/// <summary>
/// Seals the values of secrets to their rows.
/// <code>sealed_value := ColumnSealer(the value as one CBOR item), bound to the client key (32) | the secret's key (UTF-8)</code>
/// </summary>
internal sealed class SecretSeal(ColumnSealer sealer)
{
    /// <summary>Seals a value, before the write that stores it: the writer waits for nothing but the database.</summary>
    public byte[] Seal(ClientKey client, Secret secret)
    {
        var cbor = new CborWriter(CborConformanceMode.Strict);
        secret.Value.Write(cbor);
        var item = cbor.Encode();
        try
        {
            return sealer.Seal(item, PlaceOf(client, System.Text.Encoding.UTF8.GetBytes(secret.Key)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(item);
        }
    }

    /// <exception cref="CryptographicException">The row was changed or moved.</exception>
    public Secret Open(ClientKey client, byte[] key, byte[] sealedValue)
    {
        if (!sealer.TryOpen(sealedValue, PlaceOf(client, key), out var item))
        {
            throw new CryptographicException($"A secret of shard {client} does not open: its row was changed or moved.");
        }

        try
        {
            return new Secret(System.Text.Encoding.UTF8.GetString(key), SecretValue.Load(item));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(item);
        }
    }

    private static ColumnPlace PlaceOf(ClientKey client, byte[] key) => new("coffer_secrets", "sealed_value", [.. client.ToByteArray(), .. key]);
}
