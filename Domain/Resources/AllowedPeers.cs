using Repository.Domain.Encoding;

namespace Repository.Domain.Resources;

/// <summary>Which resources a resource shares pair tokens with, as its owner wrote it. It admits; both sides must.</summary>
/// <remarks>
/// It is kept as its JSON: <c>"own"</c> (resources of the same owner), <c>"any"</c>, or <c>["guid","guid"]</c>. Guids have one spelling, so
/// whether a list holds one can be asked of the text.
/// </remarks>
public sealed class AllowedPeers
{
    /// <summary>Enough for any list that people keep by hand; whoever has more peers says <c>"any"</c>.</summary>
    public const int MaxListed = 1_000;

    private AllowedPeers(string json) => Json = json;

    public static AllowedPeers Own { get; } = new("\"own\"");

    public static AllowedPeers Any { get; } = new("\"any\"");

    /// <summary>The JSON without white space.</summary>
    public string Json { get; }

    /// <summary>These and no others, in this order; at most <see cref="MaxListed"/>.</summary>
    public static AllowedPeers Listed(IReadOnlyCollection<HashIdentifier> guids)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(guids.Count, MaxListed, nameof(guids));
        return new AllowedPeers($"[{string.Join(',', guids.Select(static guid => $"\"{guid}\""))}]");
    }

    /// <summary>Restores what this server stored.</summary>
    public static AllowedPeers Load(string stored) => new(stored);

    public override string ToString() => Json;
}
