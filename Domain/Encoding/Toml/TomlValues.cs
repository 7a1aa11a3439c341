using System.Diagnostics.CodeAnalysis;

namespace Repository.Domain.Encoding.Toml;

/// <summary>Values, and the keys with values that stand on a line or in braces.</summary>
internal static class TomlValues
{
    /// <summary>
    /// Reads a key, its value and the blanks between into a table. The key is left in the scanner's path, behind those of the
    /// <paramref name="section"/>, from the root, where the path does not hold them yet.
    /// </summary>
    public static bool TryReadMember(ref TomlScanner scanner, TomlTable table, List<string> section)
    {
        if (!TomlKeys.TryRead(ref scanner, out var key))
        {
            return false;
        }

        // What has no equals sign may be a piece of a value that went wrong, and so is not named.
        if (!scanner.TrySkip((byte)'='))
        {
            return scanner.Fail("A key must be followed by an equals sign and a value.");
        }

        scanner.Path.AddRange(section);
        if (!TomlTree.TryEnterByDots(ref scanner, ref table, key))
        {
            return false;
        }

        scanner.SkipBlanks();
        if (!TryRead(ref scanner, table.Depth, out var value))
        {
            return false;
        }

        _ = table.Add(key[^1], value);
        return true;
    }

    /// <summary>Reads a value that stands in a table or an array of the given depth.</summary>
    private static bool TryRead(ref TomlScanner scanner, int depth, [NotNullWhen(true)] out TomlNode? value)
    {
        switch (scanner.Current)
        {
            case (byte)'"' or (byte)'\'':
                var position = scanner.Locate();
                var isRead = TomlStrings.TryRead(ref scanner, out var text);
                value = new TomlString(position, text);
                return isRead;
            case (byte)'[':
                return TryReadArray(ref scanner, depth + 1, out value);
            case (byte)'{':
                return TryReadInlineTable(ref scanner, depth + 1, out value);
            default:
                return TomlWords.TryRead(ref scanner, out value);
        }
    }

    private static bool TryReadArray(ref TomlScanner scanner, int depth, out TomlNode value)
    {
        var array = new TomlArray(scanner.Locate(), depth, isOfTables: false);
        value = array;
        if (depth > TomlDocument.MaxDepth)
        {
            return scanner.Fail(TomlTree.TooDeep);
        }

        do
        {
            _ = scanner.Take(1);
            if (!scanner.TrySkipLines() || !(scanner.IsAtEnd || scanner.Current == ']' || TryReadItem(ref scanner, array)))
            {
                return false;
            }
        }
        while (scanner.Current == ',');

        return scanner.TrySkip((byte)']') || (scanner.IsAtEnd
            ? scanner.Fail(array.Position, "The array is not closed.")
            : scanner.Fail("A value in an array must be followed by a comma or the closing bracket."));
    }

    private static bool TryReadItem(ref TomlScanner scanner, TomlArray array)
    {
        if (!TryRead(ref scanner, array.Depth, out var item))
        {
            return false;
        }

        array.Add(item);
        return scanner.TrySkipLines();
    }

    private static bool TryReadInlineTable(ref TomlScanner scanner, int depth, out TomlNode value)
    {
        var table = new TomlTable(scanner.Locate(), depth, TomlTableKind.Inline);
        value = table;
        if (depth > TomlDocument.MaxDepth)
        {
            return scanner.Fail(TomlTree.TooDeep);
        }

        _ = scanner.Take(1);
        scanner.SkipBlanks();
        if (scanner.TrySkip((byte)'}'))
        {
            return true;
        }

        var outer = scanner.Path.Count;
        do
        {
            scanner.LeaveKey(outer);
            if (!TryReadMember(ref scanner, table, []))
            {
                return false;
            }

            scanner.SkipBlanks();
        }
        while (scanner.TrySkip((byte)','));

        if (scanner.TrySkip((byte)'}'))
        {
            scanner.LeaveKey(outer);
            return true;
        }

        return scanner.Fail("A value in braces must be followed by a comma or the closing brace, on the same line.");
    }
}
