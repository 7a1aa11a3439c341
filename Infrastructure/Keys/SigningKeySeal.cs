using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Repository.Infrastructure.Keys;

/// <summary>
/// Makes, opens and retires rows of signing keys.
/// <code>
/// sealed_private_key := ColumnSealer(PKCS#8; once retired, nothing), bound to u64be(sequence) | u64be(ActiveDate's ticks) | SPKI
/// </code>
/// The whole row is bound: whoever can write the database but has no master key can neither publish a key of their own nor have one
/// sign longer.
/// </summary>
internal sealed class SigningKeySeal(ColumnSealer sealer)
{
    /// <summary>Draws a new key pair.</summary>
    public SigningKey Make(long sequence, DateTimeOffset activeDate)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var spki = pair.ExportSubjectPublicKeyInfo();
        var pkcs8 = pair.ExportPkcs8PrivateKey();
        try
        {
            return new SigningKey
            {
                Sequence = sequence,
                Spki = spki,
                SealedPrivateKey = sealer.Seal(pkcs8, PlaceOf(sequence, activeDate, spki)),
                ActiveDate = activeDate,
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    /// <summary>What stands in place of a private key that is of no use any more.</summary>
    public byte[] Retire(SigningKey row) => sealer.Seal([], PlaceOf(row.Sequence, row.ActiveDate, row.Spki));

    /// <exception cref="CryptographicException">The row was changed or moved.</exception>
    public TokenKey Open(SigningKey row)
    {
        if (!sealer.TryOpen(row.SealedPrivateKey, PlaceOf(row.Sequence, row.ActiveDate, row.Spki), out var pkcs8))
        {
            throw new CryptographicException(
                $"Row {row.Sequence} of signing_keys does not open: it was changed, moved or sealed with another master key. "
                + "Restore the database from a backup.");
        }

#pragma warning disable CA2000 // The key owns it; see there for why nothing disposes of it.
        var algorithm = ECDsa.Create();
#pragma warning restore CA2000
        try
        {
            if (pkcs8.Length > 0)
            {
                algorithm.ImportPkcs8PrivateKey(pkcs8, out _);
            }
            else
            {
                algorithm.ImportSubjectPublicKeyInfo(row.Spki, out _);
            }

            return new TokenKey(row, algorithm, canSign: pkcs8.Length > 0);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private static ColumnPlace PlaceOf(long sequence, DateTimeOffset activeDate, byte[] spki)
    {
        var row = new byte[(2 * sizeof(long)) + spki.Length];
        BinaryPrimitives.WriteInt64BigEndian(row, sequence);
        BinaryPrimitives.WriteInt64BigEndian(row.AsSpan(sizeof(long)), activeDate.UtcTicks);
        spki.CopyTo(row, 2 * sizeof(long));
        return new ColumnPlace("signing_keys", "sealed_private_key", row);
    }
}
