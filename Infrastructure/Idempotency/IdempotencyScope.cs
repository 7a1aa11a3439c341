using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Repository.Infrastructure.Idempotency;

/// <summary>
/// What an <c>Idempotency-Key</c> counts for: one caller, one method, one path with its query; and the body it came with. Both
/// are keyed hashes, so that a dump of the database confirms no guess about a credential or a body.
/// </summary>
/// <param name="Hash">The scope, 32 bytes.</param>
/// <param name="BodyHash">The body, 32 bytes.</param>
public sealed record IdempotencyScope(byte[] Hash, byte[] BodyHash)
{
    /// <summary>The lock under which two nodes exclude each other.</summary>
    internal long LockKey => BinaryPrimitives.ReadInt64BigEndian(Hash);

    internal static IdempotencyScope Of(ReadOnlySpan<byte> key, ReadOnlySpan<byte> body, params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Span<byte> length = stackalloc byte[sizeof(uint)];
        foreach (var part in parts)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteUInt32BigEndian(length, (uint)bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return new IdempotencyScope(hash.GetHashAndReset(), HMACSHA256.HashData(key, body));
    }
}
