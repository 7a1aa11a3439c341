using System.Security.Cryptography;
using Repository.Domain.Cryptography;
using Repository.Domain.Encoding;

namespace Repository.Domain.Sessions;

/// <summary>
/// What both sides of a handshake saw, in bytes: the client signs it, and every key and every signature of the answer hangs on it
/// (design/formats.md, Sessions).
/// <code>
/// T       := "repository-session-v1" | 0 | userGuid (ASCII) | 0 | SHA-256(challenge) | serverPublicKey (32) | clientPublicKey (32), or zeros in RSA mode
/// answer  := "repository-session-server-v1" | 0 | SHA-256(T) | SHA-256(sealedToken)
/// </code>
/// A man in the middle who changes any of it has neither the client's signature nor the key.
/// </summary>
public sealed class SessionTranscript
{
    private readonly byte[] _signed;

    /// <param name="userGuid">Who opens a session.</param>
    /// <param name="challengeHash">SHA-256 of the challenge.</param>
    /// <param name="serverPublicKey">The key that came with the challenge.</param>
    /// <param name="clientPublicKey">The client's key; null in RSA mode, which has none.</param>
    public SessionTranscript(HashIdentifier userGuid, byte[] challengeHash, byte[] serverPublicKey, byte[]? clientPublicKey)
    {
        _signed =
        [
            .. System.Text.Encoding.ASCII.GetBytes($"repository-session-v1\0{userGuid}\0"),
            .. challengeHash,
            .. serverPublicKey,
            .. clientPublicKey ?? new byte[X25519PrivateKey.PublicKeySize],
        ];
        Hash = SHA256.HashData(_signed);
    }

    /// <summary>SHA-256 of the transcript.</summary>
    public byte[] Hash { get; }

    /// <summary>
    /// Whether the holder of this key signed it, with the one algorithm that handshakes by such a key have. A signature of another length
    /// is false after the same work.
    /// </summary>
    public bool IsSignedBy(SigningPublicKey key, ReadOnlySpan<byte> signature)
    {
        var whole = new byte[key.SignatureLength];
        signature[..Math.Min(signature.Length, whole.Length)].CopyTo(whole);
        return key.Verifies(key.ProofAlgorithm, _signed, whole) & (signature.Length == whole.Length);
    }

    /// <summary>What the server signs, so that the client knows who sealed the token.</summary>
    public byte[] ToServerBytes(byte[] sealedToken) =>
        [.. "repository-session-server-v1\0"u8, .. Hash, .. SHA256.HashData(sealedToken)];
}
