using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;

namespace Repository.Infrastructure.Keys;

/// <summary>
/// Remembers what tokens say whose signatures were verified, for a bounded number of them: a session presents the same one with every
/// request. Tokens are known by their hash, so that no credential stays in memory.
/// </summary>
internal sealed class VerifiedTokens : IDisposable
{
    /// <summary>At 1 KiB each, 16 MiB.</summary>
    private const int MaxTokens = 16 * 1024;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaxTokens });

    /// <summary>The name of a token here.</summary>
    public static string NameOf(string text) => Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <returns>Null when the token is not remembered.</returns>
    public VerifiedToken? Find(string name) => _cache.TryGetValue(name, out VerifiedToken? token) ? token : null;

    public void Add(string name, VerifiedToken token) => _cache.Set(name, token, new MemoryCacheEntryOptions { Size = 1 });

    public void Dispose() => _cache.Dispose();
}
