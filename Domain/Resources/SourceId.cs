using System.Security.Cryptography;
using Repository.Domain.Encoding;

namespace Repository.Domain.Resources;

/// <summary>The name of a login token: 128 random bits as 32 lower-case hex digits. It is in the token and is no secret.</summary>
public readonly record struct SourceId : ICanonicalText<SourceId>
{
    public const int Digits = 32;

    private readonly HashIdentifier _id;

    private SourceId(HashIdentifier id) => _id = id;

    public static string Rule => "must be 32 lower-case hex digits.";

    /// <summary>Draws a new one.</summary>
    public static SourceId Draw() => Load(RandomNumberGenerator.GetBytes(Digits / 2));

    public static bool TryParse(ReadOnlySpan<char> text, out SourceId value)
    {
        var valid = HashIdentifier.TryParse(text, out var id) && text.Length == Digits;
        value = valid ? new SourceId(id) : default;
        return valid;
    }

    /// <summary>Restores a name that this server stored: 16 bytes.</summary>
    public static SourceId Load(ReadOnlySpan<byte> stored)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(stored.Length, Digits / 2, nameof(stored));
        return new SourceId(HashIdentifier.Load(stored));
    }

    public byte[] ToByteArray() => _id.ToByteArray();

    public override string ToString() => _id.ToString();
}
