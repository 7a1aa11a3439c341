using System.Buffers.Binary;
using System.Security.Cryptography;
using Repository.Domain.Cryptography;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Keys;

namespace Repository.Infrastructure.Sessions;

/// <summary>
/// Gives out the challenges of handshakes and opens them again, at any node and after any restart: what a challenge stands for is sealed
/// in itself, and nothing is stored before a handshake succeeds.
/// <code>
/// challenge := version (1) | nonce (24) | ciphertext (40) | tag (16)
/// plaintext := expiry (8, UTC ticks, big endian) | the server's X25519 private key (32)
/// bound     := version | userGuid (16 or 32), authenticated but not in it
/// </code>
/// </summary>
internal sealed class SessionChallenges(KeyRing keys, TimeProvider clock)
{
    private const byte Version = 1;
    private const int PlaintextSize = sizeof(long) + X25519PrivateKey.Size;

    /// <summary>How long a challenge is good (design/formats.md, Sessions).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>Makes a challenge for a user, whether or not there is one of this name.</summary>
    public IssuedChallenge Issue(HashIdentifier userGuid)
    {
        var expires = clock.GetUtcNow() + Lifetime;
        using var key = X25519PrivateKey.Draw();
        var plaintext = new byte[PlaintextSize];
        try
        {
            BinaryPrimitives.WriteInt64BigEndian(plaintext, expires.UtcTicks);
            key.Bytes.CopyTo(plaintext.AsSpan(sizeof(long)));
            byte[] challenge = [Version, .. XChaCha20Poly1305.Seal(keys.Challenges, plaintext, Bind(userGuid))];
            return new IssuedChallenge(challenge, key.PublicKey, expires);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    /// <summary>
    /// Opens what a client presents as its challenge. What is made up, another user's or expired gives a key as well, for the sake of the
    /// work that a handshake does with it.
    /// </summary>
    public OpenedChallenge Open(ReadOnlySpan<byte> challenge, HashIdentifier userGuid)
    {
        byte[] plaintext = [];
        try
        {
            if (challenge.Length == 0
                || challenge[0] != Version
                || !XChaCha20Poly1305.TryOpen(keys.Challenges, challenge[1..], Bind(userGuid), out plaintext))
            {
                return new OpenedChallenge(X25519PrivateKey.Draw(), default, isGood: false);
            }

            var expires = new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(plaintext), TimeSpan.Zero);
            return new OpenedChallenge(X25519PrivateKey.Load(plaintext.AsSpan(sizeof(long))), expires, clock.GetUtcNow() < expires);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    private static byte[] Bind(HashIdentifier userGuid) => [Version, .. userGuid.ToByteArray()];
}

/// <summary>A challenge, as it is given to a client.</summary>
internal sealed record IssuedChallenge(byte[] Challenge, byte[] ServerPublicKey, DateTimeOffset ExpiresDate);

/// <summary>A challenge that a client presented.</summary>
internal sealed class OpenedChallenge(X25519PrivateKey key, DateTimeOffset expiresDate, bool isGood) : IDisposable
{
    /// <summary>The server's key of the handshake; any key when the challenge is not good.</summary>
    public X25519PrivateKey Key => key;

    public DateTimeOffset ExpiresDate => expiresDate;

    /// <summary>Whether this deployment gave it to this user, and it has not expired.</summary>
    public bool IsGood => isGood;

    public void Dispose() => key.Dispose();
}
