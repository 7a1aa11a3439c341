using System.Security.Cryptography;
using Repository.Domain.Cryptography;

namespace Repository.Domain.Sessions;

/// <summary>
/// The key <c>K</c> that a handshake agrees on and that the session's token travels under. It prints nothing of itself, and is wiped when
/// disposed.
/// </summary>
public sealed class SessionKey : IDisposable
{
    private readonly byte[] _key;
    private readonly SessionTranscript _transcript;

    private SessionKey(byte[] key, SessionTranscript transcript)
    {
        _key = key;
        _transcript = transcript;
    }

    /// <summary>Derives the key from what X25519 gave both sides: HKDF-SHA256 (RFC 5869), salted with the transcript.</summary>
    public static SessionKey Derive(ReadOnlySpan<byte> shared, SessionTranscript transcript)
    {
        var key = new byte[XChaCha20Poly1305.KeySize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, key, transcript.Hash, "repository session key"u8);
        return new SessionKey(key, transcript);
    }

    /// <summary>Draws a key, where it is encrypted to the client.</summary>
    public static SessionKey Draw(SessionTranscript transcript) => new(RandomNumberGenerator.GetBytes(XChaCha20Poly1305.KeySize), transcript);

    /// <summary>Seals a token, bound to the transcript.</summary>
    public byte[] Seal(string token) => XChaCha20Poly1305.Seal(_key, System.Text.Encoding.ASCII.GetBytes(token), _transcript.Hash);

    /// <summary>The key itself, encrypted with RSA-OAEP.</summary>
    /// <returns>Null when the recipient's key is no RSA key.</returns>
    public byte[]? EncryptTo(SigningPublicKey recipient) => recipient.EncryptOaep(_key);

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);
}
