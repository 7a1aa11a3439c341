namespace Repository.Domain.Encoding.Toml;

/// <summary>Values in a row: between brackets, or the tables of <c>[[headers]]</c> of one name.</summary>
public sealed class TomlArray : TomlNode
{
    private readonly List<TomlNode> _items = [];

    internal TomlArray(TomlPosition position, int depth, bool isOfTables)
        : base(position) => (Depth, IsOfTables) = (depth, isOfTables);

    /// <summary>In the document's order.</summary>
    public IReadOnlyList<TomlNode> Items => _items;

    /// <summary>Whether headers made it; then it holds at least one table and nothing else.</summary>
    public bool IsOfTables { get; }

    /// <summary>How many tables and arrays it stands in, the root not counted, and itself.</summary>
    internal int Depth { get; }

    internal void Add(TomlNode item) => _items.Add(item);
}
