using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

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
        // The mark is of the encoding and not of the text, which is what the grammar speaks of.
        var scanner = new TomlScanner(utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8);
        var table = new TomlTable(scanner.Locate(), depth: 0, TomlTableKind.Root);
        var isRead = Utf8.IsValid(utf8) ? TryReadLines(ref scanner, table) : FailAtEncoding(ref scanner);
        (root, error) = (isRead ? table : null, scanner.Error);
        return isRead;
    }

    private static bool TryReadLines(ref TomlScanner scanner, TomlTable root)
    {
        var (table, section) = (root, new List<string>());
        while (!scanner.IsAtEnd)
        {
            scanner.SkipBlanks();
            if (scanner.Current == '[')
            {
                table = root;
                if (!TryReadHeader(ref scanner, ref table))
                {
                    return false;
                }

                section = [.. scanner.Path];
            }
            else if (!scanner.IsAtLineEnd() && !TomlValues.TryReadMember(ref scanner, table, section))
            {
                return false;
            }

            if (!scanner.TryEndLine())
            {
                return false;
            }

            scanner.LeaveKey(0);
        }

        return true;
    }

    private static bool TryReadHeader(ref TomlScanner scanner, ref TomlTable table)
    {
        var position = scanner.Locate();
        _ = scanner.Take(1);
        var isOfArray = scanner.TrySkip((byte)'[');
        if (!TomlKeys.TryRead(ref scanner, out var key))
        {
            return false;
        }

        // The two brackets of an array's header have nothing between them.
        if (!scanner.TrySkip((byte)']') || (isOfArray && !scanner.TrySkip((byte)']')))
        {
            return scanner.Fail("A header must be closed on its line, by as many brackets as opened it.");
        }

        return isOfArray
            ? TomlTree.TryAppend(ref scanner, ref table, key, position)
            : TomlTree.TryDefine(ref scanner, ref table, key, position);
    }

    private static bool FailAtEncoding(ref TomlScanner scanner)
    {
        while (Rune.DecodeFromUtf8(scanner.Rest, out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            _ = scanner.Take(length);
        }

        return scanner.Fail("The document must be UTF-8.");
    }
}
