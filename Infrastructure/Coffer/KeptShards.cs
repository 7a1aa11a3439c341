using Microsoft.Extensions.Options;
using Repository.Domain.Coffer;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Coffer;

/// <summary>Keeps a bounded number of shards as they were opened, one version of each: the newest that was used.</summary>
internal sealed class KeptShards(IOptions<CofferOptions> options) : IDisposable
{
    private readonly BoundedCache<ClientKey, ShardSecrets> _cache = new(options.Value.KeptShards);

    /// <returns>Null when this version is not kept.</returns>
    public ShardSecrets? Find(ClientKey client, long version) => _cache.Find(client) is { } kept && kept.Version == version ? kept : null;

    public void Add(ClientKey client, ShardSecrets secrets) => _cache.Add(client, secrets);

    public void Dispose() => _cache.Dispose();
}
