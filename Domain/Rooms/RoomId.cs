using System.Security.Cryptography;
using Repository.Domain.Encoding;

namespace Repository.Domain.Rooms;

/// <summary>The name of a room: 128 random bits as 32 lower-case hex digits. Whoever knows it may ask for the room; it opens nothing.</summary>
public readonly record struct RoomId : ICanonicalText<RoomId>
{
    public const int Size = 16;

    private const int Digits = 2 * Size;

    private readonly HashIdentifier _id;

    private RoomId(HashIdentifier id) => _id = id;

    public static string Rule => "must be 32 lower-case hex digits.";

    /// <summary>Draws a new one.</summary>
    public static RoomId Draw() => Load(RandomNumberGenerator.GetBytes(Size));

    public static bool TryParse(ReadOnlySpan<char> text, out RoomId value)
    {
        var valid = HashIdentifier.TryParse(text, out var id) && text.Length == Digits;
        value = valid ? new RoomId(id) : default;
        return valid;
    }

    /// <summary>Restores a name that this server stored: 16 bytes.</summary>
    public static RoomId Load(ReadOnlySpan<byte> stored)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(stored.Length, Size, nameof(stored));
        return new RoomId(HashIdentifier.Load(stored));
    }

    public byte[] ToByteArray() => _id.ToByteArray();

    public override string ToString() => _id.ToString();
}
