using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Keys;

/// <summary>
/// Remembers what tokens say whose signatures were verified, for a bounded number of them: a session presents the same one with every
/// request. Tokens are known by their hash, so that no credential stays in memory.
/// </summary>
internal sealed class VerifiedTokens(IOptions<TokenOptions> options) : IDisposable
{
    private readonly BoundedCache<string, VerifiedToken> _cache = new(options.Value.VerifiedTokens);

    /// <summary>The name of a token here.</summary>
    public static string NameOf(string text) => Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <returns>Null when the token is not remembered.</returns>
    public VerifiedToken? Find(string name) => _cache.Find(name);

    public void Add(string name, VerifiedToken token) => _cache.Add(name, token);

    public void Dispose() => _cache.Dispose();
}
