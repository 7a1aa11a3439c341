using System.Security.Cryptography;
using Repository.Domain.Cluster;

namespace Repository.Infrastructure.Cluster;

/// <summary>
/// This node's two key pairs: <c>ck</c>, to which others encrypt, and <c>sk</c>, with which it signs and whose hash is its id
/// (design/formats.md, Cluster). It prints its id only.
/// </summary>
/// <remarks>
/// The pairs are not shared between threads: the base library does not promise that they may be. Whoever asks waits for at most a few
/// private operations, about a millisecond each; the private port limits how many strangers can ask for.
/// </remarks>
internal sealed class NodeIdentity : IDisposable
{
    private readonly Lock _signing = new();
    private readonly Lock _decrypting = new();
    private NodePairs? _pairs;

    public NodeId Id => Sk.NodeId;

    /// <summary>The key that others encrypt to.</summary>
    public MemberKey Ck { get => field ?? throw NotLoaded(); private set; }

    /// <summary>The key that it signs with.</summary>
    public MemberKey Sk { get => field ?? throw NotLoaded(); private set; }

    /// <summary>Takes the pairs over.</summary>
    public void Load(NodePairs pairs)
    {
        Ck = MemberKey.Load(pairs.Ck.ExportSubjectPublicKeyInfo());
        Sk = MemberKey.Load(pairs.Sk.ExportSubjectPublicKeyInfo());
        _pairs = pairs;
    }

    /// <summary>RS256 by <c>sk</c>.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_signing)
        {
            return Pairs.Sk.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    }

    /// <summary>Opens what was encrypted to <c>ck</c> with RSA-OAEP (SHA-256). Everything else is null, whatever is wrong with it.</summary>
    public byte[]? TryDecrypt(ReadOnlySpan<byte> encrypted)
    {
        try
        {
            lock (_decrypting)
            {
                return Pairs.Ck.Decrypt(encrypted, RSAEncryptionPadding.OaepSHA256);
            }
        }
        catch (CryptographicException)
        {
            // The base library has no other way to say so.
            return null;
        }
    }

    public override string ToString() => Id.ToString();

    public void Dispose() => _pairs?.Dispose();

    private NodePairs Pairs => _pairs ?? throw NotLoaded();

    private static InvalidOperationException NotLoaded() => new("The node's keys are not loaded yet.");
}
