using Microsoft.Extensions.Options;
using Repository.Domain.Capabilities;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Capabilities;

/// <summary>
/// Remembers which key of its issuer a capability's signature was verified with, for a bounded number of capabilities. That can never
/// become untrue; whether the key still counts, and everything else that can change, is read at every call.
/// </summary>
internal sealed class VerifiedSignatures(IOptions<CapabilityOptions> options) : IDisposable
{
    private readonly BoundedCache<CapabilityGuid, Verified> _cache = new(options.Value.VerifiedSignatures);

    /// <returns>The hash of the key, or null when this very signature is not remembered.</returns>
    public byte[]? FindKey(CapabilityFile file) =>
        _cache.Find(file.CapabilityGuid) is { } verified
        && verified.Algorithm == file.Algorithm
        && verified.Signature.AsSpan().SequenceEqual(file.Signature.Span)
            ? verified.KeyHash
            : null;

    /// <summary>Remembers that this key made the file's signature.</summary>
    public void Add(CapabilityFile file, byte[] keyHash) =>
        _cache.Add(file.CapabilityGuid, new Verified(file.Algorithm, file.Signature.ToArray(), keyHash));

    public void Dispose() => _cache.Dispose();

    private sealed record Verified(SignatureAlgorithm Algorithm, byte[] Signature, byte[] KeyHash);
}
