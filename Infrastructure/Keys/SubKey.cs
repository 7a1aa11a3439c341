using System.Security.Cryptography;

namespace Repository.Infrastructure.Keys;

/// <summary>
/// Every key that is derived from the master key: HKDF-SHA256 (RFC 5869) without salt, 32 bytes, with a label of its own. This is
/// the one place where labels are made, so that no two uses share a key.
/// </summary>
internal sealed class SubKey
{
    public const int Size = 32;

    private readonly string _label;

    private SubKey(string label) => _label = label;

    /// <summary>Compared with the database's check value.</summary>
    public static SubKey Check { get; } = new("repository master key check v1");

    /// <summary>Seals columns.</summary>
    public static SubKey Columns { get; } = new("repository sealed columns v1");

    /// <summary>Hashes the scope and the body of calls with an <c>Idempotency-Key</c>, so that a dump confirms no guess.</summary>
    public static SubKey Idempotency { get; } = new("repository idempotency v1");

    /// <summary>Seals the challenges of handshakes, so that any node can open what another gave out.</summary>
    public static SubKey Challenges { get; } = new("repository session challenges v1");

    /// <summary>Seals a node's own key pairs in its data directory.</summary>
    public static SubKey NodeKey { get; } = new("repository node key v1");

    public byte[] Derive(ReadOnlySpan<byte> masterKey)
    {
        var key = new byte[Size];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, key, [], System.Text.Encoding.ASCII.GetBytes(_label));
        return key;
    }

    public override string ToString() => _label;
}
