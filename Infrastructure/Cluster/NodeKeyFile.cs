using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Repository.Domain.Cryptography;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Hosting;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Cluster;

/// <summary>
/// <c>node.key</c> in the data directory, mode 0600: this node's key pairs, sealed with a sub-key of the master key.
/// <code>
/// file  := version (1) | nonce (24) | ciphertext | tag (16), XChaCha20-Poly1305; associated data "repository-node-key-v1"
/// plain := LP(PKCS#8 of ck) | LP(PKCS#8 of sk); LP(x) = u32be(length) | x
/// </code>
/// </summary>
internal sealed class NodeKeyFile(DataDirectory directory, KeyRing keys)
{
    private const string FileName = "node.key";
    private const byte Version = 1;

    public string Path => directory.File(FileName);

    public bool Exists => File.Exists(Path);

    private static ReadOnlySpan<byte> AssociatedData => "repository-node-key-v1"u8;

    /// <exception cref="StartRefusedException">The file does not hold the pairs, or another master key sealed them.</exception>
    public NodePairs Read()
    {
        var file = File.ReadAllBytes(Path);
        if (file is not [Version, .. var box] || !XChaCha20Poly1305.TryOpen(keys.NodeKey, box, AssociatedData, out var plain))
        {
            throw Damaged(cause: null);
        }

        try
        {
#pragma warning disable CA2000 // The pairs own the keys; where one cannot be read the process ends.
            var ck = Import(plain, out var length);
            return new NodePairs(ck, Import(plain.AsSpan(length), out _));
#pragma warning restore CA2000
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentOutOfRangeException)
        {
            throw Damaged(failure);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Keeps new pairs, durably before it returns.</summary>
    public void Write(NodePairs pairs)
    {
        var (ck, sk) = (pairs.Ck.ExportPkcs8PrivateKey(), pairs.Sk.ExportPkcs8PrivateKey());
        var plain = new ArrayBufferWriter<byte>(ck.Length + sk.Length + (2 * sizeof(uint)));
        try
        {
            LengthPrefix.Write(plain, ck);
            LengthPrefix.Write(plain, sk);
            directory.WriteSecret(FileName, [Version, .. XChaCha20Poly1305.Seal(keys.NodeKey, plain.WrittenSpan, AssociatedData)]);
        }
        finally
        {
            plain.Clear(); // Also overwrites what was written.
            CryptographicOperations.ZeroMemory(ck);
            CryptographicOperations.ZeroMemory(sk);
        }
    }

    private static RSA Import(ReadOnlySpan<byte> part, out int length)
    {
        var size = (int)BinaryPrimitives.ReadUInt32BigEndian(part);
        length = sizeof(uint) + size;
        var key = RSA.Create();
        try
        {
            key.ImportPkcs8PrivateKey(part.Slice(sizeof(uint), size), out _);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private StartRefusedException Damaged(Exception? cause)
    {
        var message = $"{Path} is damaged, or was sealed with another master key. Restore it from a backup; or delete it to have this node made anew, "
            + "which then joins as a new one (docs/operation.md).";
        return cause is null ? new StartRefusedException(message) : new StartRefusedException(message, cause);
    }
}
