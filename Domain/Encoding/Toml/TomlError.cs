namespace Repository.Domain.Encoding.Toml;

/// <summary>Why a document is not TOML. Nothing of it quotes a value.</summary>
/// <param name="Position">Where the flaw is; of a duplicate, its second place.</param>
/// <param name="Path">
/// The key that the flaw is in, from the root, its section's header included. Empty where the grammar has none: no header, or no
/// key with its <c>=</c>, was read on the way to the flaw.
/// </param>
/// <param name="Message">A sentence.</param>
public sealed record TomlError(TomlPosition Position, IReadOnlyList<string> Path, string Message)
{
    /// <summary>The path as a dotted key, quoted where TOML asks for it; null where there is none.</summary>
    public string? Key => Path.Count == 0 ? null : TomlKeyText.Spell(Path);

    public override string ToString() => $"{Position}: {Message}";
}
