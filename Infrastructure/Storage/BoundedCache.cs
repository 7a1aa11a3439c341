using Microsoft.Extensions.Caching.Memory;

namespace Repository.Infrastructure.Storage;

/// <summary>
/// Keeps a bounded number of values in memory that can never become untrue, so that they need not be computed again. What is dropped for
/// want of room is computed again.
/// </summary>
internal sealed class BoundedCache<TKey, TValue> : IDisposable
    where TKey : notnull
    where TValue : class
{
    private static readonly MemoryCacheEntryOptions OneEntry = new() { Size = 1 };

    private readonly MemoryCache? _cache;

    /// <param name="maxEntries">How many values are kept; 0 keeps none.</param>
    public BoundedCache(int maxEntries)
    {
        if (maxEntries > 0)
        {
            _cache = new MemoryCache(new MemoryCacheOptions { SizeLimit = maxEntries });
        }
    }

    /// <returns>Null when the value is not kept.</returns>
    public TValue? Find(TKey key) => _cache is not null && _cache.TryGetValue(key, out TValue? value) ? value : null;

    public void Add(TKey key, TValue value) => _cache?.Set(key, value, OneEntry);

    public void Dispose() => _cache?.Dispose();
}
