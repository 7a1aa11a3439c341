using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Repository.Domain.Cluster.PrivatePort;

/// <summary>
/// The first frame on the private port, by the caller (design/formats.md, Cluster).
/// <code>
/// hello   := R | nonce (12) | ciphertext | tag (16)                 AES-256-GCM under key1, bound to "repository-cluster-hello-v1"
/// R       := RSA-OAEP-SHA256(server's ck; secrets)                  256 or 384 bytes, as long as the server's modulus
/// secrets := key1 (32) | salt1 (16) | u32be(version = 1)
/// P       := caller's nodeId (32) | u64be(Unix seconds) | RS256 by the caller's sk (256 or 384)
/// signed  := "repository-cluster-hello-v1" | 0 | server's nodeId (32) | SHA-256(R) | u64be(the same seconds)
/// </code>
/// </summary>
internal static class HelloFormat
{
    public const int Version = 1;

    public const int SaltSize = 16;

    /// <summary>In bytes: key1, salt1 and the version.</summary>
    public const int SecretsSize = SealedPart.KeySize + SaltSize + sizeof(uint);

    /// <summary>In bytes: P without its signature.</summary>
    public const int StatementSize = NodeId.HashSize + sizeof(ulong);

    /// <summary>In bytes, of a key of 2048 and of 3072 bits: what is encrypted to it, and a signature by it.</summary>
    public static readonly int[] ModulusSizes = [256, 384];

    public static ReadOnlySpan<byte> Label => "repository-cluster-hello-v1"u8;

    /// <summary>In bytes, of a hello to a server and from a caller with such keys.</summary>
    public static int SizeOf(int serverModulusSize, int callerModulusSize) =>
        serverModulusSize + SealedPart.Overhead + StatementSize + callerModulusSize;

    public static byte[] ToSignedBytes(NodeId server, ReadOnlySpan<byte> encryptedSecrets, ulong seconds)
    {
        Span<byte> time = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(time, seconds);
        return [.. Label, 0, .. server.ToByteArray(), .. SHA256.HashData(encryptedSecrets), .. time];
    }
}
