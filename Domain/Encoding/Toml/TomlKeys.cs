using System.Buffers;

namespace Repository.Domain.Encoding.Toml;

/// <summary>Keys: bare, quoted, and several with dots between.</summary>
internal static class TomlKeys
{
    private static readonly SearchValues<byte> Bare = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);

    /// <summary>Reads a key and the blanks around it.</summary>
    public static bool TryRead(ref TomlScanner scanner, out List<TomlKey> key)
    {
        key = new List<TomlKey>(1);
        do
        {
            scanner.SkipBlanks();
            var position = scanner.Locate();
            if (key.Count > TomlDocument.MaxDepth)
            {
                return scanner.Fail(TomlTree.TooDeep);
            }

            if (!TryReadPart(ref scanner, out var name))
            {
                return false;
            }

            key.Add(new TomlKey(name, position));
            scanner.SkipBlanks();
        }
        while (scanner.TrySkip((byte)'.'));

        return true;
    }

    private static bool TryReadPart(ref TomlScanner scanner, out string name)
    {
        if (scanner.Current is (byte)'"' or (byte)'\'')
        {
            return TomlStrings.TryReadLine(ref scanner, out name);
        }

        name = System.Text.Encoding.UTF8.GetString(scanner.TakeAny(Bare));
        return name.Length > 0 || scanner.Fail("A key must be of letters and digits of ASCII, - and _, or stand in quotation marks.");
    }
}
