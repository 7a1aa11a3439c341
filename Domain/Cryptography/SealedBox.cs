using System.Security.Cryptography;
using Repository.Domain.Cryptography.Interop;

namespace Repository.Domain.Cryptography;

/// <summary>
/// Seals to a public key, for whoever holds the private one, by libsodium's <c>crypto_box_seal</c>.
/// <code>sealed := ephemeral public key (32) | tag (16) | ciphertext (n)</code>
/// It does not show who sealed it.
/// </summary>
public static class SealedBox
{
    /// <summary>How much longer a sealed value is than its plaintext.</summary>
    public const int Overhead = Sodium.BoxSealBytes;

    public static byte[] Seal(ReadOnlySpan<byte> plaintext, SealingPublicKey recipient) =>
        TrySeal(plaintext, recipient.Bytes, out var box) ? box : throw new CryptographicException("libsodium could not seal.");

    /// <summary>Seals to an X25519 key as it is.</summary>
    /// <param name="plaintext">What is sealed.</param>
    /// <param name="recipient">32 bytes of a stranger's.</param>
    /// <param name="box">The sealed value; of no use when false.</param>
    /// <returns>False when the key is of low order, so that everyone could open it.</returns>
    public static bool TrySeal(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> recipient, out byte[] box)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(recipient.Length, X25519PrivateKey.PublicKeySize, nameof(recipient));
        box = new byte[plaintext.Length + Overhead];
        return Sodium.crypto_box_seal(box, plaintext, (ulong)plaintext.Length, recipient) == 0;
    }

    /// <summary>Opens what was sealed to this pair. Every failure looks the same.</summary>
    /// <param name="box">A stranger's bytes.</param>
    /// <param name="recipient">The pair that it was sealed to.</param>
    /// <param name="plaintext">What was sealed, which the caller wipes where it is secret; empty when false.</param>
    public static bool TryOpen(ReadOnlySpan<byte> box, X25519PrivateKey recipient, out byte[] plaintext)
    {
        plaintext = [];
        if (box.Length < Overhead)
        {
            return false;
        }

        var opened = new byte[box.Length - Overhead];
        if (Sodium.crypto_box_seal_open(opened, box, (ulong)box.Length, recipient.PublicKey, recipient.Bytes) != 0)
        {
            CryptographicOperations.ZeroMemory(opened);
            return false;
        }

        plaintext = opened;
        return true;
    }
}
