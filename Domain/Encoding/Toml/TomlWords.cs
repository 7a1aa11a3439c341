using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Repository.Domain.Encoding.Toml;

/// <summary>Values without marks around them: numbers, dates and times, and truth values.</summary>
internal static class TomlWords
{
    private static readonly SearchValues<byte> Parts = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+.:"u8);

    /// <summary>Reads a word, all of it. The flaw of one that is no value stands at its beginning.</summary>
    public static bool TryRead(ref TomlScanner scanner, [NotNullWhen(true)] out TomlNode? value)
    {
        var position = scanner.Locate();
        var rest = scanner.Rest;
        var word = scanner.TakeAny(Parts);
        if (TomlDates.IsDate(word) && scanner.Rest is [(byte)' ', >= (byte)'0' and <= (byte)'9', ..])
        {
            // A date and a time may have a space between.
            _ = scanner.Take(1);
            word = rest[..(word.Length + 1 + scanner.TakeAny(Parts).Length)];
        }

        value = Read(word, position, out var flaw);
        return value is not null || scanner.Fail(position, flaw!);
    }

    private static TomlNode? Read(ReadOnlySpan<byte> word, TomlPosition position, out string? flaw)
    {
        flaw = null;
        if (word.SequenceEqual("true"u8) || word.SequenceEqual("false"u8))
        {
            return new TomlBoolean(position, word.Length == 4);
        }

        return TomlDates.IsDateOrTime(word)
            ? TomlDates.Read(word, position, out flaw)
            : TomlNumbers.Read(word, position, out flaw);
    }
}
