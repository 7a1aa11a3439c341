using System.Security.Cryptography;
using Repository.Domain.Cryptography.Interop;

namespace Repository.Domain.Cryptography;

/// <summary>
/// Authenticated encryption with random nonces (draft-irtf-cfrg-xchacha-03), by libsodium: 24 random bytes never repeat.
/// <code>sealed := nonce (24) | ciphertext (n) | tag (16)</code>
/// </summary>
public static class XChaCha20Poly1305
{
    public const int KeySize = Sodium.XChaChaKeyBytes;

    /// <summary>How much longer a sealed value is than its plaintext.</summary>
    public const int Overhead = Sodium.XChaChaNonceBytes + Sodium.XChaChaTagBytes;

    /// <summary>Seals a plaintext under a key of <see cref="KeySize"/> bytes. The associated data is authenticated and not stored.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeySize, nameof(key));
        var box = new byte[plaintext.Length + Overhead];
        var nonce = box.AsSpan(0, Sodium.XChaChaNonceBytes);
        RandomNumberGenerator.Fill(nonce);
        var status = Sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
            box.AsSpan(Sodium.XChaChaNonceBytes),
            out _,
            plaintext,
            (ulong)plaintext.Length,
            associatedData,
            (ulong)associatedData.Length,
            0,
            nonce,
            key);
        return status == 0 ? box : throw new CryptographicException("libsodium could not seal.");
    }

    /// <summary>Opens a sealed value. Every failure looks the same: there is nothing to learn from the difference.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> associatedData, out byte[] plaintext)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeySize, nameof(key));
        plaintext = [];
        if (box.Length < Overhead)
        {
            return false;
        }

        var opened = new byte[box.Length - Overhead];
        var ciphertext = box[Sodium.XChaChaNonceBytes..];
        var status = Sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
            opened,
            out _,
            0,
            ciphertext,
            (ulong)ciphertext.Length,
            associatedData,
            (ulong)associatedData.Length,
            box[..Sodium.XChaChaNonceBytes],
            key);
        if (status != 0)
        {
            CryptographicOperations.ZeroMemory(opened);
            return false;
        }

        plaintext = opened;
        return true;
    }
}
