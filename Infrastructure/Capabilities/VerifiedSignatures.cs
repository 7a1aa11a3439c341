using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Repository.Domain.Capabilities;
using Repository.Domain.Cryptography;

namespace Repository.Infrastructure.Capabilities;

/// <summary>
/// Remembers which key of its issuer a capability's signature was verified with, for a bounded number of capabilities. That can never
/// become untrue; whether the key still counts, and everything else that can change, is read at every call.
/// </summary>
internal sealed class VerifiedSignatures : IDisposable
{
    private readonly MemoryCache? _cache;

    public VerifiedSignatures(IOptions<CapabilityOptions> options)
    {
        if (options.Value.VerifiedSignatures > 0)
        {
            _cache = new MemoryCache(new MemoryCacheOptions { SizeLimit = options.Value.VerifiedSignatures });
        }
    }

    /// <returns>The hash of the key, or null when this very signature is not remembered.</returns>
    public byte[]? FindKey(CapabilityFile file) =>
        _cache is not null
        && _cache.TryGetValue(file.CapabilityGuid, out Verified? verified)
        && verified!.Algorithm == file.Algorithm
        && verified.Signature.AsSpan().SequenceEqual(file.Signature.Span)
            ? verified.KeyHash
            : null;

    /// <summary>Remembers that this key made the file's signature.</summary>
    public void Add(CapabilityFile file, byte[] keyHash) =>
        _cache?.Set(
            file.CapabilityGuid,
            new Verified(file.Algorithm, file.Signature.ToArray(), keyHash),
            new MemoryCacheEntryOptions { Size = 1 });

    public void Dispose() => _cache?.Dispose();

    private sealed record Verified(SignatureAlgorithm Algorithm, byte[] Signature, byte[] KeyHash);
}
