using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Repository.Domain.Resources;

/// <summary>
/// The 32 bytes that the instances of a resource, or of two resources, have in common for a window.
/// <code>
/// self := HKDF-SHA256(window key, salt = u64be(windowStart), info = "repository machine token" | 0 | resourceGuid, 32)
/// pair := HKDF-SHA256(window key, salt = u64be(windowStart), info = "repository pair token" | 0 | A | 0 | B, 32), A before B
/// </code>
/// Guids are their hex digits in ASCII.
/// </summary>
public static class MachineToken
{
    /// <summary>Of a token, and of the window's key.</summary>
    public const int Size = 32;

    /// <summary>Derives the token, which the caller wipes.</summary>
    public static byte[] Derive(ReadOnlySpan<byte> windowKey, Window window)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(windowKey.Length, Size, nameof(windowKey));
        Span<byte> salt = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteInt64BigEndian(salt, window.Start);
        var info = window.IsPair ? $"repository pair token\0{window.First}\0{window.Second}" : $"repository machine token\0{window.First}";
        var token = new byte[Size];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, windowKey, token, salt, System.Text.Encoding.ASCII.GetBytes(info));
        return token;
    }
}
