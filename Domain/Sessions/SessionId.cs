using System.Security.Cryptography;
using Repository.Domain.Encoding;

namespace Repository.Domain.Sessions;

/// <summary>The name of a session: 128 random bits as 32 lower-case hex digits. It is in the token and is no secret.</summary>
public readonly record struct SessionId : ICanonicalText<SessionId>
{
    private const int Digits = 32;

    private readonly HashIdentifier _id;

    private SessionId(HashIdentifier id) => _id = id;

    public static string Rule => "must be 32 lower-case hex digits.";

    /// <summary>Draws a new one.</summary>
    public static SessionId Draw() => Load(RandomNumberGenerator.GetBytes(Digits / 2));

    public static bool TryParse(ReadOnlySpan<char> text, out SessionId value)
    {
        var valid = HashIdentifier.TryParse(text, out var id) && text.Length == Digits;
        value = valid ? new SessionId(id) : default;
        return valid;
    }

    /// <summary>Restores a name that this server stored: 16 bytes.</summary>
    public static SessionId Load(ReadOnlySpan<byte> stored)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(stored.Length, Digits / 2, nameof(stored));
        return new SessionId(HashIdentifier.Load(stored));
    }

    public byte[] ToByteArray() => _id.ToByteArray();

    public override string ToString() => _id.ToString();
}
