using System.Diagnostics.CodeAnalysis;

namespace Repository.Domain.Encoding.Toml;

/// <summary>What made a table, which decides what may still be added to it.</summary>
public enum TomlTableKind
{
    /// <summary>The document itself.</summary>
    Root,

    /// <summary>A header above it, such as <c>[servers.alpha]</c>: not yet defined, and one header may still do so.</summary>
    Implicit,

    /// <summary>Its own header, <c>[servers]</c>, or one of an array of tables, <c>[[servers]]</c>.</summary>
    Header,

    /// <summary>A dotted key, <c>servers.alpha = 1</c>: only dotted keys of the same section add members to it, and headers tables below it.</summary>
    Dotted,

    /// <summary>Braces: complete.</summary>
    Inline,
}

/// <summary>Members by name, each name once, in the order in which the document names them first.</summary>
public sealed class TomlTable : TomlNode
{
    private readonly OrderedDictionary<string, TomlMember> _members = new(StringComparer.Ordinal);

    internal TomlTable(TomlPosition position, int depth, TomlTableKind kind)
        : base(position) => (Depth, Kind) = (depth, kind);

    public TomlTableKind Kind { get; private set; }

    public IReadOnlyList<TomlMember> Members => _members.Values;

    /// <summary>How many tables and arrays it stands in, the root not counted, and itself.</summary>
    internal int Depth { get; }

    public bool TryGet(string name, [NotNullWhen(true)] out TomlMember? member) => _members.TryGetValue(name, out member);

    /// <summary>Adds a member, whose name must be free.</summary>
    internal TomlMember Add(TomlKey key, TomlNode value)
    {
        var member = new TomlMember(key, value);
        _members.Add(key.Name, member);
        return member;
    }

    /// <summary>An implicit table meets the header or the dotted key that defines it.</summary>
    internal void Define(TomlPosition position, TomlTableKind kind) => (Position, Kind) = (position, kind);
}
