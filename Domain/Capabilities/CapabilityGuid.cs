using System.Security.Cryptography;
using Repository.Domain.Encoding;

namespace Repository.Domain.Capabilities;

/// <summary>
/// Names a capability by the SHA-256 of its content's canonical form, spelled as exactly 64 lower-case hex digits
/// (design/formats.md, Capability file): two files of one content are one capability.
/// </summary>
public readonly struct CapabilityGuid : ICanonicalText<CapabilityGuid>, IEquatable<CapabilityGuid>
{
    private readonly HashIdentifier _hash;

    private CapabilityGuid(HashIdentifier hash) => _hash = hash;

    public static string Rule => "must be 64 lower-case hex digits.";

    public static bool operator ==(CapabilityGuid left, CapabilityGuid right) => left.Equals(right);

    public static bool operator !=(CapabilityGuid left, CapabilityGuid right) => !left.Equals(right);

    public static bool TryParse(ReadOnlySpan<char> text, out CapabilityGuid value)
    {
        value = default;
        if (text.Length != 2 * SHA256.HashSizeInBytes || !HashIdentifier.TryParse(text, out var hash))
        {
            return false;
        }

        value = new CapabilityGuid(hash);
        return true;
    }

    /// <summary>Takes a SHA-256, computed or stored here: 32 bytes.</summary>
    public static CapabilityGuid Load(ReadOnlySpan<byte> hash)
    {
        if (hash.Length != SHA256.HashSizeInBytes)
        {
            throw new ArgumentException("A capability's hash is 32 bytes.", nameof(hash));
        }

        return new CapabilityGuid(HashIdentifier.Load(hash));
    }

    /// <summary>The 32 bytes that the hex digits spell.</summary>
    public byte[] ToByteArray() => _hash.ToByteArray();

    public bool Equals(CapabilityGuid other) => _hash == other._hash;

    public override bool Equals(object? obj) => obj is CapabilityGuid other && Equals(other);

    public override int GetHashCode() => _hash.GetHashCode();

    public override string ToString() => _hash.ToString();
}
