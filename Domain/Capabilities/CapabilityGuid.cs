using Repository.Domain.Encoding;

namespace Repository.Domain.Capabilities;

/// <summary>
/// The name of a capability: SHA-256 over the canonical form of its content, as 64 lower-case hex digits (design/formats.md,
/// Capability file). Whoever holds the file knows it; from it nothing of the content can be learned.
/// </summary>
public readonly record struct CapabilityGuid : ICanonicalText<CapabilityGuid>
{
    private const int Digits = 64;

    private readonly HashIdentifier _hash;

    private CapabilityGuid(HashIdentifier hash) => _hash = hash;

    public static string Rule => "must be 64 lower-case hex digits.";

    public static bool TryParse(ReadOnlySpan<char> text, out CapabilityGuid value)
    {
        var valid = HashIdentifier.TryParse(text, out var hash) && text.Length == Digits;
        value = valid ? new CapabilityGuid(hash) : default;
        return valid;
    }

    /// <summary>Restores a name that this server stored, or has just computed: 32 bytes.</summary>
    public static CapabilityGuid Load(ReadOnlySpan<byte> stored)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(stored.Length, Digits / 2, nameof(stored));
        return new CapabilityGuid(HashIdentifier.Load(stored));
    }

    public byte[] ToByteArray() => _hash.ToByteArray();

    public override string ToString() => _hash.ToString();
}
