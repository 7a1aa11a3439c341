using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Repository.Infrastructure.Keys;

/// <summary>
/// Remembers what tokens say whose signatures were verified, for a bounded number of them: a session presents the same one with every
/// request. Tokens are known by their hash, so that no credential stays in memory.
/// </summary>
internal sealed class VerifiedTokens : IDisposable
{
    private readonly MemoryCache? _cache;

    public VerifiedTokens(IOptions<TokenOptions> options)
    {
        if (options.Value.VerifiedTokens > 0)
        {
            _cache = new MemoryCache(new MemoryCacheOptions { SizeLimit = options.Value.VerifiedTokens });
        }
    }

    /// <summary>The name of a token here.</summary>
    public static string NameOf(string text) => Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <returns>Null when the token is not remembered.</returns>
    public VerifiedToken? Find(string name) => _cache?.TryGetValue(name, out VerifiedToken? token) is true ? token : null;

    public void Add(string name, VerifiedToken token) => _cache?.Set(name, token, new MemoryCacheEntryOptions { Size = 1 });

    public void Dispose() => _cache?.Dispose();
}
