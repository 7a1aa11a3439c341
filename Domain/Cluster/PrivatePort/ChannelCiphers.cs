using System.Security.Cryptography;

namespace Repository.Domain.Cluster.PrivatePort;

/// <summary>
/// The two directions of a connection after the handshake.
/// <code>key := HKDF-SHA256(key2, salt = salt1 | salt2, info = "c2s" or "s2c", 32)</code>
/// </summary>
public sealed class ChannelCiphers : IDisposable
{
    private ChannelCiphers(FrameCipher outgoing, FrameCipher incoming)
    {
        Outgoing = outgoing;
        Incoming = incoming;
    }

    /// <summary>Seals what this side sends.</summary>
    public FrameCipher Outgoing { get; }

    /// <summary>Opens what the other side sent.</summary>
    public FrameCipher Incoming { get; }

    public void Dispose()
    {
        Outgoing.Dispose();
        Incoming.Dispose();
    }

    internal static ChannelCiphers OfCaller(ReadOnlySpan<byte> key2, ReadOnlySpan<byte> salt1, ReadOnlySpan<byte> salt2) =>
        new(Derive(key2, salt1, salt2, "c2s"u8), Derive(key2, salt1, salt2, "s2c"u8));

    internal static ChannelCiphers OfServer(ReadOnlySpan<byte> key2, ReadOnlySpan<byte> salt1, ReadOnlySpan<byte> salt2) =>
        new(Derive(key2, salt1, salt2, "s2c"u8), Derive(key2, salt1, salt2, "c2s"u8));

    private static FrameCipher Derive(ReadOnlySpan<byte> key2, ReadOnlySpan<byte> salt1, ReadOnlySpan<byte> salt2, ReadOnlySpan<byte> direction)
    {
        Span<byte> key = stackalloc byte[SealedPart.KeySize];
        try
        {
            byte[] salt = [.. salt1, .. salt2];
            HKDF.DeriveKey(HashAlgorithmName.SHA256, key2, key, salt, direction);
            return new FrameCipher(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
