namespace Repository.Domain.Encoding.Toml;

/// <summary>
/// Which table a key or a header means, and whether it may: a name has one value, a table is defined once, and what braces or
/// brackets hold is complete. Each part of the key is added to the scanner's path before it is looked at.
/// </summary>
internal static class TomlTree
{
    public const string TooDeep = "Tables and arrays must not be nested so deep.";

    private const string Taken = "The key has a value already.";
    private const string Defined = "The table is defined already.";
    private const string NoTable = "The key has a value that is no table, so that nothing can be added to it.";
    private const string Complete = "The table is complete: it stands in braces or in a static array.";

    /// <summary>Goes to the table that a dotted key of a section, or of a table in braces, puts its last part into.</summary>
    public static bool TryEnterByDots(ref TomlScanner scanner, ref TomlTable table, List<TomlKey> key) =>
        TryEnter(ref scanner, ref table, key, TomlTableKind.Dotted)
        && (!table.TryGet(key[^1].Name, out _) || scanner.Fail(key[^1].Position, Taken));

    /// <summary>Goes to the table that a header <c>[key]</c> defines.</summary>
    public static bool TryDefine(ref TomlScanner scanner, ref TomlTable table, List<TomlKey> key, TomlPosition position)
    {
        var last = key[^1];
        if (!TryEnter(ref scanner, ref table, key, TomlTableKind.Implicit))
        {
            return false;
        }

        if (!table.TryGet(last.Name, out var member))
        {
            return TryMake(ref scanner, ref table, last, TomlTableKind.Header, position);
        }

        if (member.Value is not TomlTable { Kind: TomlTableKind.Implicit } found)
        {
            return scanner.Fail(last.Position, member.Value is TomlTable ? Defined : Taken);
        }

        found.Define(position, TomlTableKind.Header);
        table = found;
        return true;
    }

    /// <summary>Goes to a new table at the end of the array that a header <c>[[key]]</c> means.</summary>
    public static bool TryAppend(ref TomlScanner scanner, ref TomlTable table, List<TomlKey> key, TomlPosition position)
    {
        var last = key[^1];
        if (!TryEnter(ref scanner, ref table, key, TomlTableKind.Implicit))
        {
            return false;
        }

        if (!table.TryGet(last.Name, out var member))
        {
            member = table.Add(last, new TomlArray(position, table.Depth + 1, isOfTables: true));
        }

        if (member.Value is not TomlArray { IsOfTables: true } array)
        {
            return scanner.Fail(last.Position, member.Value is TomlTable ? Defined : Taken);
        }

        table = new TomlTable(position, array.Depth + 1, TomlTableKind.Header);
        array.Add(table);
        return table.Depth <= TomlDocument.MaxDepth || scanner.Fail(last.Position, TooDeep);
    }

    /// <summary>Goes to the table of all parts but the last, and makes those of the given kind that are not there.</summary>
    private static bool TryEnter(ref TomlScanner scanner, ref TomlTable table, List<TomlKey> key, TomlTableKind kind)
    {
        for (var i = 0; i < key.Count - 1; i++)
        {
            scanner.Path.Add(key[i].Name);
            if (!TryStep(ref scanner, ref table, key[i], kind))
            {
                return false;
            }
        }

        scanner.Path.Add(key[^1].Name);
        return true;
    }

    private static bool TryStep(ref TomlScanner scanner, ref TomlTable table, TomlKey part, TomlTableKind kind)
    {
        if (!table.TryGet(part.Name, out var member))
        {
            return TryMake(ref scanner, ref table, part, kind);
        }

        var next = kind == TomlTableKind.Dotted ? OpenByDots(member.Value, part) : OpenByHeader(member.Value);
        table = next ?? table;
        return next is not null || scanner.Fail(part.Position, FlawOfEntering(member.Value));
    }

    /// <summary>The table that a dotted key may add to: one that dotted keys made, or that nothing has defined until now.</summary>
    private static TomlTable? OpenByDots(TomlNode value, TomlKey part)
    {
        if (value is TomlTable { Kind: TomlTableKind.Implicit } found)
        {
            found.Define(part.Position, TomlTableKind.Dotted);
        }

        return value is TomlTable { Kind: TomlTableKind.Dotted } table ? table : null;
    }

    /// <summary>The table that headers below a value's name put theirs into; of an array of tables, its last one.</summary>
    private static TomlTable? OpenByHeader(TomlNode value) => value switch
    {
        TomlTable { Kind: not TomlTableKind.Inline } table => table,
        TomlArray { IsOfTables: true, Items: [.., TomlTable last] } => last,
        _ => null,
    };

    private static string FlawOfEntering(TomlNode value) => value switch
    {
        TomlTable { Kind: TomlTableKind.Inline } or TomlArray { IsOfTables: false } => Complete,
        TomlTable or TomlArray => Defined,
        _ => NoTable,
    };

    private static bool TryMake(ref TomlScanner scanner, ref TomlTable table, TomlKey part, TomlTableKind kind, TomlPosition? position = null)
    {
        var made = new TomlTable(position ?? part.Position, table.Depth + 1, kind);
        _ = table.Add(part, made);
        table = made;
        return made.Depth <= TomlDocument.MaxDepth || scanner.Fail(part.Position, TooDeep);
    }
}
