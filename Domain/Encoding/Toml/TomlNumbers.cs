using System.Globalization;

namespace Repository.Domain.Encoding.Toml;

/// <summary>Integers of 64 bits in four bases, and floats of 64 bits.</summary>
internal static class TomlNumbers
{
    private const string NoValue = "A value must be a string in quotation marks, a number, true, false, a date or time, an array or a table in braces.";
    private const string Malformed = "A number is malformed: an underscore and a point must stand between two digits.";
    private const string ZeroFirst = "A decimal number must not begin with a zero that is not needed.";
    private const string TooLarge = "An integer must fit into 64 bits with its sign.";
    private const string Infinite = "A float must fit into 64 bits; infinity is written inf.";
    private const int MaxSizeOnStack = 128;

    public static TomlNode? Read(ReadOnlySpan<byte> word, TomlPosition position, out string? flaw)
    {
        flaw = null;
        var digits = word is [(byte)'+' or (byte)'-', ..] ? word[1..] : word;
        if (digits.SequenceEqual("inf"u8))
        {
            return new TomlFloat(position, word[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity);
        }

        if (digits.SequenceEqual("nan"u8))
        {
            return new TomlFloat(position, double.NaN);
        }

        if (digits is not [>= (byte)'0' and <= (byte)'9', ..])
        {
            flaw = NoValue;
            return null;
        }

        return word is [(byte)'0', (byte)'x' or (byte)'o' or (byte)'b', ..]
            ? ReadInBase(word, position, out flaw)
            : ReadDecimal(word, digits, position, out flaw);
    }

    private static TomlNode? ReadDecimal(ReadOnlySpan<byte> word, ReadOnlySpan<byte> rest, TomlPosition position, out string? flaw)
    {
        flaw = Malformed;
        var startsWithZero = rest is [(byte)'0', >= (byte)'0' and <= (byte)'9' or (byte)'_', ..];
        if (!TomlDigits.TrySkip(ref rest, 10))
        {
            return null;
        }

        var isInteger = rest.IsEmpty;
        if ((rest is [(byte)'.', ..] && !TrySkipFraction(ref rest)) || (rest is [(byte)'e' or (byte)'E', ..] && !TrySkipExponent(ref rest)) || !rest.IsEmpty)
        {
            return null;
        }

        if (startsWithZero)
        {
            flaw = ZeroFirst;
            return null;
        }

        Span<byte> buffer = word.Length <= MaxSizeOnStack ? stackalloc byte[MaxSizeOnStack] : new byte[word.Length];
        var literal = TomlDigits.Join(word, buffer);
        return isInteger ? Integer(literal, position, out flaw) : Float(literal, position, out flaw);
    }

    private static TomlInteger? Integer(ReadOnlySpan<byte> literal, TomlPosition position, out string? flaw)
    {
        var fits = long.TryParse(literal, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value);
        flaw = fits ? null : TooLarge;
        return fits ? new TomlInteger(position, value) : null;
    }

    private static TomlFloat? Float(ReadOnlySpan<byte> literal, TomlPosition position, out string? flaw)
    {
        _ = double.TryParse(literal, NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
        flaw = double.IsFinite(value) ? null : Infinite;
        return flaw is null ? new TomlFloat(position, value) : null;
    }

    private static TomlInteger? ReadInBase(ReadOnlySpan<byte> word, TomlPosition position, out string? flaw)
    {
        var bits = word[1] switch
        {
            (byte)'x' => 4,
            (byte)'o' => 3,
            _ => 1,
        };
        var rest = word[2..];
        flaw = Malformed;
        if (!TomlDigits.TrySkip(ref rest, 1 << bits) || !rest.IsEmpty)
        {
            return null;
        }

        var value = 0L;
        foreach (var octet in word[2..])
        {
            if (octet == '_')
            {
                continue;
            }

            if (value > long.MaxValue >> bits)
            {
                flaw = TooLarge;
                return null;
            }

            value = (value << bits) | (uint)TomlDigits.ValueOf(octet);
        }

        flaw = null;
        return new TomlInteger(position, value);
    }

    private static bool TrySkipFraction(ref ReadOnlySpan<byte> rest)
    {
        rest = rest[1..];
        return TomlDigits.TrySkip(ref rest, 10);
    }

    private static bool TrySkipExponent(ref ReadOnlySpan<byte> rest)
    {
        rest = rest is [_, (byte)'+' or (byte)'-', ..] ? rest[2..] : rest[1..];
        return TomlDigits.TrySkip(ref rest, 10);
    }
}
