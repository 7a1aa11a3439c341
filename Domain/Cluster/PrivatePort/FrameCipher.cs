using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Repository.Domain.Cluster.PrivatePort;

/// <summary>
/// Seals, or opens, the frames of one direction, in order: a replayed, dropped, reordered or changed frame does not open, and nothing opens
/// after it (design/formats.md, Cluster). One thread at a time.
/// <code>
/// body  := ciphertext (n) | tag (16)                                AES-256-GCM, empty associated data
/// nonce := u32be(0) | u64be(counter)                                counter from 0, one up with each frame
/// </code>
/// </summary>
public sealed class FrameCipher : IDisposable
{
    /// <summary>How much longer a body is than its message.</summary>
    public const int Overhead = SealedPart.TagSize;

    /// <summary>In bytes: the largest message that a frame holds.</summary>
    public const int MaxMessageSize = Frame.MaxBodySize - Overhead;

    private readonly AesGcm _aes;
    private ulong _counter;
    private bool _isBroken;

    internal FrameCipher(ReadOnlySpan<byte> key) => _aes = new AesGcm(key, SealedPart.TagSize);

    /// <exception cref="ArgumentOutOfRangeException">The message is larger than <see cref="MaxMessageSize"/>.</exception>
    public byte[] Seal(ReadOnlySpan<byte> message)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(message.Length, MaxMessageSize, nameof(message));
        Span<byte> nonce = stackalloc byte[SealedPart.NonceSize];
        TakeNonce(nonce);
        var body = new byte[message.Length + Overhead];
        _aes.Encrypt(nonce, message, body.AsSpan(0, message.Length), body.AsSpan(message.Length));
        return body;
    }

    /// <summary>Opens the next body. False is for good: the connection ends.</summary>
    public bool TryOpen(ReadOnlySpan<byte> body, out byte[] message)
    {
        message = [];
        if (_isBroken || body.Length is < Overhead or > Frame.MaxBodySize)
        {
            _isBroken = true;
            return false;
        }

        Span<byte> nonce = stackalloc byte[SealedPart.NonceSize];
        TakeNonce(nonce);
        var opened = new byte[body.Length - Overhead];
        try
        {
            _aes.Decrypt(nonce, body[..^Overhead], body[^Overhead..], opened);
        }
        catch (AuthenticationTagMismatchException)
        {
            // The base library has no other way to say so.
            _isBroken = true;
            return false;
        }

        message = opened;
        return true;
    }

    public void Dispose() => _aes.Dispose();

    private void TakeNonce(Span<byte> nonce)
    {
        nonce[..sizeof(uint)].Clear();
        BinaryPrimitives.WriteUInt64BigEndian(nonce[sizeof(uint)..], _counter);
        _counter = checked(_counter + 1);
    }
}
