using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;
using System.Security.Cryptography;
using Repository.Domain.Cryptography;

namespace Repository.Domain.Coffer;

/// <summary>
/// Reads certificate files, which hold both halves of a pair (design/formats.md, Coffer).
/// <code>certificate := CBOR map { "public_key": bytes (32), "private_key": bytes (32) }, 92 bytes</code>
/// </summary>
public static class CofferCertificate
{
    /// <summary>In bytes.</summary>
    public const int Size = 92;

    private const string PublicHalf = "public_key";
    private const string PrivateHalf = "private_key";

    /// <summary>Reads a file. One that is damaged, or whose halves are not of one pair, is false. Never throws.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> file, [NotNullWhen(true)] out X25519PrivateKey? pair)
    {
        pair = null;
        byte[] publicKey = [], privateKey = [];
        try
        {
            if (!TryReadHalves(file, out publicKey, out privateKey))
            {
                return false;
            }

            var loaded = X25519PrivateKey.Load(privateKey);
            if (!CryptographicOperations.FixedTimeEquals(loaded.PublicKey, publicKey))
            {
                loaded.Dispose();
                return false;
            }

            pair = loaded;
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(privateKey);
        }
    }

    private static bool TryReadHalves(ReadOnlyMemory<byte> file, out byte[] publicKey, out byte[] privateKey)
    {
        publicKey = privateKey = [];
        if (file.Length != Size)
        {
            return false;
        }

        try
        {
            var cbor = new CborReader(file, CborConformanceMode.Strict); // Strict: no half twice.
            if (cbor.PeekState() != CborReaderState.StartMap || cbor.ReadStartMap() != 2)
            {
                return false;
            }

            while (cbor.PeekState() == CborReaderState.TextString)
            {
                var name = cbor.ReadTextString();
                if (cbor.PeekState() != CborReaderState.ByteString)
                {
                    return false;
                }

                switch (name)
                {
                    case PublicHalf: publicKey = cbor.ReadByteString(); break;
                    case PrivateHalf: privateKey = cbor.ReadByteString(); break;
                    default: return false;
                }
            }

            return publicKey.Length == X25519PrivateKey.PublicKeySize
                && privateKey.Length == X25519PrivateKey.Size
                && cbor.PeekState() == CborReaderState.EndMap;
        }
        catch (CborContentException)
        {
            return false;
        }
    }
}
