using System.Buffers;
using System.Text;

namespace Repository.Domain.Encoding.Toml;

/// <summary>What a backslash begins in a basic string, but for the end of a line.</summary>
internal static class TomlEscapes
{
    private const string Malformed = "An escape of a character must have all its hex digits and name a Unicode scalar value.";

    /// <summary>Reads an escape from its backslash on, and writes the character that it stands for.</summary>
    public static bool TryRead(ref TomlScanner scanner, ArrayBufferWriter<byte> bytes)
    {
        var position = scanner.Locate();
        _ = scanner.Take(1);
        var kind = scanner.Current;
        if (kind is (byte)'u' or (byte)'U')
        {
            _ = scanner.Take(1);
            return TryReadScalar(ref scanner, position, kind == 'u' ? 4 : 8, bytes);
        }

        var character = "btnfr\"\\"u8.IndexOf(kind);
        if (character < 0)
        {
            return scanner.Fail(position, "A backslash must begin one of the escapes \\b \\t \\n \\f \\r \\\" \\\\ \\uXXXX \\UXXXXXXXX.");
        }

        _ = scanner.Take(1);
        bytes.Write("\b\t\n\f\r\"\\"u8.Slice(character, 1));
        return true;
    }

    private static bool TryReadScalar(ref TomlScanner scanner, TomlPosition position, int digits, ArrayBufferWriter<byte> bytes)
    {
        var number = 0u;
        for (var i = 0; i < digits; i++)
        {
            var value = TomlDigits.ValueOf(scanner.Current);
            if (value >= 16)
            {
                return scanner.Fail(position, Malformed);
            }

            _ = scanner.Take(1);
            number = (number << 4) | (uint)value;
        }

        if (!Rune.TryCreate(number, out var character))
        {
            return scanner.Fail(position, Malformed);
        }

        bytes.Advance(character.EncodeToUtf8(bytes.GetSpan(4)));
        return true;
    }
}
