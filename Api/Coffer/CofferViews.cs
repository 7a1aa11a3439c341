namespace Repository.Api.Coffer;

/// <summary>The coffer, as everybody sees it.</summary>
/// <param name="PublicKey">The server's X25519 key, in hex: what requests are boxed for and definitions sealed to.</param>
/// <param name="Version">Grows with every definition and every single change.</param>
/// <param name="Dialects">What is spoken over TCP.</param>
public sealed record CofferView(string PublicKey, long Version, IReadOnlyList<string> Dialects);

/// <summary>What a definition defined.</summary>
/// <param name="Version">The coffer's version from now on.</param>
/// <param name="Shards">How many shards there are.</param>
/// <param name="Secrets">How many secrets are in them.</param>
public sealed record DefinitionView(long Version, int Shards, int Secrets);

/// <summary>The coffer after a single change.</summary>
/// <param name="Version">Its version from now on.</param>
public sealed record CofferVersionView(long Version);

/// <summary>A shard, without its values.</summary>
/// <param name="PublicKey">The client's key, in hex.</param>
/// <param name="Name">The client's name in the definition, or its table's dotted key.</param>
/// <param name="Version">The coffer's version at the shard's last change.</param>
/// <param name="Secrets">Sorted by the bytes of their keys.</param>
/// <param name="Licence">What it takes to be given it; null where nothing.</param>
public sealed record ShardView(string PublicKey, string Name, long Version, IReadOnlyList<SecretView> Secrets, LicenceView? Licence);

/// <summary>A secret, without its value.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Type">string, integer, float, boolean or date.</param>
/// <param name="ChangedDate">When it was set, by a definition or by itself.</param>
public sealed record SecretView(string Key, string Type, DateTimeOffset ChangedDate);

/// <summary>What a shard takes.</summary>
/// <param name="SoftwareGuid">The software for which a machine must hold a seat.</param>
public sealed record LicenceView(string SoftwareGuid);

/// <summary>A shard's licence after it was set.</summary>
/// <param name="SoftwareGuid">The software for which a machine must hold a seat from now on.</param>
/// <param name="Version">The coffer's version from now on.</param>
public sealed record BoundLicenceView(string SoftwareGuid, long Version);

/// <summary>A companion, who may upload definitions.</summary>
/// <param name="PublicKey">Its X25519 key, in hex.</param>
/// <param name="RegisteredDate">Since when it is one.</param>
public sealed record CompanionView(string PublicKey, DateTimeOffset RegisteredDate);
