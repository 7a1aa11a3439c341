using System.Security.Cryptography;
using Repository.Domain.Cryptography.Interop;

namespace Repository.Domain.Cryptography;

/// <summary>
/// What two holders of X25519 keys box for each other, by libsodium's <c>crypto_box</c> (X25519, XSalsa20-Poly1305). The key agreement, which
/// is nearly all of its cost, is done once; what is opened and boxed under it afterwards costs little.
/// <code>box := nonce (24) | tag (16) | ciphertext (n)</code>
/// Whoever can open one could have made it: it proves to each side that it is the other's. It prints nothing of its key, and is wiped when
/// disposed.
/// </summary>
public sealed class CryptoBox : IDisposable
{
    /// <summary>How much longer a box is than its plaintext, and where the plaintext stands before <see cref="SealInPlace"/>.</summary>
    public const int Overhead = Sodium.BoxNonceBytes + Sodium.BoxMacBytes;

    /// <summary>The bytes that a box begins with.</summary>
    public const int NonceSize = Sodium.BoxNonceBytes;

    private readonly byte[] _shared = new byte[Sodium.BoxSharedKeyBytes];
    private readonly bool _isAgreed;

    private CryptoBox(X25519PrivateKey ours, ReadOnlySpan<byte> theirs)
    {
        // A key of low order would be agreed with by everybody. One in a second spelling would be another's box under a new name.
        _isAgreed = X25519Coordinate.IsCanonical(theirs) & Sodium.crypto_box_beforenm(_shared, theirs, ours.Bytes) == 0;
        if (!_isAgreed && Sodium.crypto_box_beforenm(_shared, X25519PrivateKey.BasePoint, ours.Bytes) != 0)
        {
            throw new CryptographicException("libsodium could not agree on a key.");
        }
    }

    /// <summary>Agrees with the holder of a public key. With one that is none (of low order, or not in its one spelling) nothing opens.</summary>
    /// <param name="ours">The server's pair.</param>
    /// <param name="theirs">The other side's, 32 bytes of a stranger's.</param>
    public static CryptoBox Agree(X25519PrivateKey ours, ReadOnlySpan<byte> theirs)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(theirs.Length, X25519PrivateKey.PublicKeySize, nameof(theirs));
        return new CryptoBox(ours, theirs);
    }

    /// <summary>Opens a box. Every failure looks the same, and takes as long with a key that is none.</summary>
    /// <param name="box">A stranger's bytes.</param>
    /// <param name="plaintext">What is in it, which the caller wipes where it is secret; empty when false.</param>
    public bool TryOpen(ReadOnlySpan<byte> box, out byte[] plaintext)
    {
        plaintext = [];
        if (box.Length < Overhead)
        {
            return false;
        }

        var opened = new byte[box.Length - Overhead];
        var ciphertext = box[NonceSize..];
        var status = Sodium.crypto_box_open_easy_afternm(opened, ciphertext, (ulong)ciphertext.Length, box[..NonceSize], _shared);
        if (!(status == 0 & _isAgreed))
        {
            CryptographicOperations.ZeroMemory(opened);
            return false;
        }

        plaintext = opened;
        return true;
    }

    /// <summary>Boxes a plaintext under a nonce that is drawn for it: 24 random bytes never repeat.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plaintext)
    {
        var box = new byte[plaintext.Length + Overhead];
        plaintext.CopyTo(box.AsSpan(Overhead));
        SealInPlace(box);
        return box;
    }

    /// <summary>Boxes the plaintext that stands after the first <see cref="Overhead"/> bytes; afterwards nothing of it is left there.</summary>
    /// <exception cref="InvalidOperationException">The other side's key is none, so nothing may be boxed for it.</exception>
    public void SealInPlace(Span<byte> box)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(box.Length, Overhead, nameof(box));
        if (!_isAgreed)
        {
            throw new InvalidOperationException("There is no key to box for.");
        }

        RandomNumberGenerator.Fill(box[..NonceSize]);
        var plaintext = box[Overhead..];
        if (Sodium.crypto_box_easy_afternm(box[NonceSize..], plaintext, (ulong)plaintext.Length, box[..NonceSize], _shared) != 0)
        {
            throw new CryptographicException("libsodium could not box.");
        }
    }

    /// <summary>Whether anything can be boxed for the other side: its key is one.</summary>
    public bool CanSeal => _isAgreed;

    public void Dispose() => CryptographicOperations.ZeroMemory(_shared);
}
