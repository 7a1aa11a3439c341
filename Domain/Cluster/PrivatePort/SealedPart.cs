using System.Security.Cryptography;

namespace Repository.Domain.Cluster.PrivatePort;

/// <summary>
/// AES-256-GCM with a random nonce, for the two parts of a handshake that are sealed under <c>key1</c>: each once, so no nonce repeats.
/// <code>sealed := nonce (12) | ciphertext (n) | tag (16)</code>
/// </summary>
internal static class SealedPart
{
    public const int KeySize = 32;

    public const int NonceSize = 12;

    public const int TagSize = 16;

    /// <summary>How much longer a sealed part is than its plaintext.</summary>
    public const int Overhead = NonceSize + TagSize;

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> purpose)
    {
        var part = new byte[plaintext.Length + Overhead];
        var nonce = part.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, plaintext, part.AsSpan(NonceSize, plaintext.Length), part.AsSpan(NonceSize + plaintext.Length), purpose);
        return part;
    }

    /// <summary>Opens a stranger's part of exactly the expected length. Every failure looks the same.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> key, ReadOnlySpan<byte> part, ReadOnlySpan<byte> purpose, Span<byte> plaintext)
    {
        if (part.Length != plaintext.Length + Overhead)
        {
            return false;
        }

        using var aes = new AesGcm(key, TagSize);
        try
        {
            aes.Decrypt(part[..NonceSize], part[NonceSize..^TagSize], part[^TagSize..], plaintext, purpose);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            // The base library has no other way to say so.
            return false;
        }
    }
}
