using System.Security.Cryptography;
using Repository.Domain.Cryptography.Interop;

namespace Repository.Domain.Cryptography;

/// <summary>The private half of an X25519 pair (RFC 7748), by libsodium. It prints nothing of itself, and is wiped when disposed.</summary>
public sealed class X25519PrivateKey : IDisposable
{
    public const int Size = Sodium.Curve25519ScalarBytes;

    public const int PublicKeySize = Sodium.Curve25519PointBytes;

    private readonly byte[] _scalar;

    private X25519PrivateKey(byte[] scalar)
    {
        _scalar = scalar;
        PublicKey = new byte[PublicKeySize];
        if (Sodium.crypto_scalarmult_curve25519_base(PublicKey, _scalar) != 0)
        {
            throw new CryptographicException("libsodium could not make a public key.");
        }
    }

    /// <summary>The public half, 32 bytes.</summary>
    public byte[] PublicKey { get; }

    /// <summary>The secret itself, for whoever seals it.</summary>
    public ReadOnlySpan<byte> Bytes => _scalar;

    /// <summary>RFC 7748, 4.1: the point that every public key is a multiple of.</summary>
    public static ReadOnlySpan<byte> BasePoint =>
        [9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Draws a new one. RFC 7748 clamps what is drawn, so any 32 bytes are a key.</summary>
    public static X25519PrivateKey Draw() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>Restores a key from its <see cref="Bytes"/>.</summary>
    public static X25519PrivateKey Load(ReadOnlySpan<byte> stored)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(stored.Length, Size, nameof(stored));
        return new X25519PrivateKey(stored.ToArray());
    }

    /// <summary>Computes the secret that is shared with the holder of a public key. A key of low order takes as long, and is false.</summary>
    /// <param name="publicKey">The other side's, 32 bytes of a stranger's.</param>
    /// <param name="shared">32 bytes; whoever asks wipes them. Of no use when false.</param>
    public bool TryAgree(ReadOnlySpan<byte> publicKey, out byte[] shared)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(publicKey.Length, PublicKeySize, nameof(publicKey));
        shared = new byte[PublicKeySize];
        if (Sodium.crypto_scalarmult_curve25519(shared, _scalar, publicKey) == 0)
        {
            return true;
        }

        // libsodium knows the points of low order and computes nothing with them: the work is done with another one in their place.
        _ = Sodium.crypto_scalarmult_curve25519(shared, _scalar, BasePoint);
        return false;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_scalar);
}
