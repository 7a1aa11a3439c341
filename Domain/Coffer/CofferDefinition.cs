using System.Diagnostics.CodeAnalysis;
using Repository.Domain.Encoding.Toml;

namespace Repository.Domain.Coffer;

/// <summary>
/// A definition of all shards, written in TOML in either of two forms, which may stand in one document (design/formats.md, Coffer):
/// <code>
/// [clients]                          [production.web]          any table with an id, nested or not
/// web = "…64 hex digits…"            id = "…64 hex digits…"
/// [web]                              password = "…"
/// password = "…"
/// </code>
/// </summary>
public sealed class CofferDefinition
{
    internal CofferDefinition(IReadOnlyList<DefinedShard> shards) => Shards = shards;

    /// <summary>In the document's order; no two of one client.</summary>
    public IReadOnlyList<DefinedShard> Shards { get; }

    /// <summary>How many secrets there are in all shards.</summary>
    public int SecretCount => Shards.Sum(static shard => shard.Secrets.Count);

    /// <summary>Reads a stranger's definition. Never throws.</summary>
    /// <param name="toml">The document.</param>
    /// <param name="definition">What it defines.</param>
    /// <param name="flaw">The first thing that is wrong with it, by place.</param>
    public static bool TryParse(ReadOnlySpan<byte> toml, [NotNullWhen(true)] out CofferDefinition? definition, [NotNullWhen(false)] out DefinitionFlaw? flaw)
    {
        definition = null;
        if (!TomlDocument.TryParse(toml, out var root, out var error))
        {
            flaw = new DefinitionFlaw(error.Position, error.Key, error.Message);
            return false;
        }

        return new DefinitionReader().TryRead(root, out definition, out flaw);
    }
}

/// <summary>A shard as a definition describes it. It prints its name only.</summary>
/// <param name="client">Whose it is.</param>
/// <param name="name">The client's name, or the table's dotted key.</param>
/// <param name="secrets">Its secrets, perhaps none.</param>
public sealed class DefinedShard(ClientKey client, string name, IReadOnlyList<Secret> secrets)
{
    public ClientKey Client { get; } = client;

    public string Name { get; } = name;

    public IReadOnlyList<Secret> Secrets { get; } = secrets;

    public override string ToString() => Name;
}

/// <summary>Why a document defines nothing. Nothing of it quotes a value.</summary>
/// <param name="Position">Where the flaw is; of something twice, its second place.</param>
/// <param name="Key">The dotted key that the flaw is in; null where the grammar has none.</param>
/// <param name="Message">A sentence.</param>
public sealed record DefinitionFlaw(TomlPosition Position, string? Key, string Message);
