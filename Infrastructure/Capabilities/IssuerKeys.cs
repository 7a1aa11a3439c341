using Repository.Domain.Cryptography;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Capabilities;

/// <summary>
/// Keeps a bounded number of issuers' keys as they are verified with: OpenSSL's import of an RSA or P-256 key takes several times as long as
/// a verification. Whether a key stands is not known here; its row is read at every call, and names the key by the hash of its bytes.
/// </summary>
internal sealed class IssuerKeys : IDisposable
{
    /// <summary>A few kilobytes each.</summary>
    private const int MaxKeys = 1_000;

    private readonly BoundedCache<HashIdentifier, SigningPublicKey> _cache = new(MaxKeys);

    /// <summary>The key of a row.</summary>
    public SigningPublicKey Load(byte[] keyHash, SigningKeyKind kind, byte[] spki)
    {
        var hash = HashIdentifier.Load(keyHash);
        if (_cache.Find(hash) is { } known)
        {
            return known;
        }

        var key = SigningPublicKey.Load(kind, spki);
        _cache.Add(hash, key);
        return key;
    }

    public void Dispose() => _cache.Dispose();
}
