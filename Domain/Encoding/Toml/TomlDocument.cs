using System.Diagnostics.CodeAnalysis;

namespace Repository.Domain.Encoding.Toml;

/// <summary>TOML 1.0.0, the whole grammar and nothing beyond it.</summary>
public static class TomlDocument
{
    /// <summary>How deep tables and arrays may stand in one another, the root not counted.</summary>
    public const int MaxDepth = 64;

    /// <summary>
    /// Reads a stranger's document, in time and memory that grow with its size alone, which the caller bounds. Never throws.
    /// </summary>
    /// <param name="utf8">The document; a byte-order mark before it is skipped.</param>
    /// <param name="root">The document's table; its position is the beginning.</param>
    /// <param name="error">The first flaw, by place; one of the encoding is found before any other.</param>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out TomlTable? root, [NotNullWhen(false)] out TomlError? error)
    {
        (root, error) = (null, new TomlError(new TomlPosition(1, 1), [], "The reader is being written."));
        return false;
    }
}
