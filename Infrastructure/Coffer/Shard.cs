using Repository.Domain.Coffer;
using Repository.Domain.Encoding;

namespace Repository.Infrastructure.Coffer;

/// <summary>A shard as of one moment.</summary>
/// <param name="Version">The coffer's version then.</param>
/// <param name="SoftwareGuid">The software whose licence it takes; null where it takes none.</param>
/// <param name="Content">Its secrets.</param>
internal sealed record Shard(long Version, HashIdentifier? SoftwareGuid, ShardSecrets Content)
{
    /// <summary>Whether it is sealed only to a machine that shows a licence, which the TCP dialects cannot.</summary>
    public bool IsLicenceBound => SoftwareGuid is not null;
}

/// <summary>The secrets of a shard, opened. They do not change, and print nothing of themselves.</summary>
/// <param name="version">The version of their last change.</param>
/// <param name="secrets">The secrets, sorted by the bytes of their keys.</param>
internal sealed class ShardSecrets(long version, IReadOnlyList<Secret> secrets)
{
    private byte[]? _list;
    private ClassicSecretList? _classicList;

    public long Version { get; } = version;

    public IReadOnlyList<Secret> Secrets { get; } = secrets;

    /// <summary>The CBOR array of <c>{"key", "value"}</c>, made once: what HTTP answers hold, and what the <em>design</em> dialect answers with.</summary>
    public ReadOnlyMemory<byte> List => _list ??= SecretList.Encode(Secrets); // Made twice by two at once, it is the same.

    /// <summary>What the <em>classic</em> dialect answers with, made once.</summary>
    public ClassicSecretList ClassicList => _classicList ??= ClassicSecretList.Encode(Secrets);
}
