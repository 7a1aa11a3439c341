using System.Globalization;

namespace Repository.Domain.Encoding;

/// <summary>Numbers of RFC 8785, 3.2.2.3: the nearest double of a literal, as <see cref="EcmaScriptNumber"/> prints it.</summary>
internal static class CanonicalNumber
{
    /// <summary>Every integer of so many digits is exactly a double, and prints as itself.</summary>
    private const int DigitsOfAnyDouble = 15;

    /// <summary>The largest double is an integer of 309 digits.</summary>
    private const int MaxIntegerDigits = 309;

    /// <summary>Writes a literal that has JSON's grammar; the flaw is null when there is none.</summary>
    public static string? Write(PooledBuffer output, ReadOnlySpan<byte> literal)
    {
        var digits = literal[0] == '-' ? literal[1..] : literal;
        var isInteger = !digits.ContainsAny(".eE"u8);
        if (isInteger && digits.Length <= DigitsOfAnyDouble)
        {
            output.Append(digits is [(byte)'0'] ? digits : literal); // Negative zero is zero.
            return null;
        }

        _ = double.TryParse(literal, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        if (!double.IsFinite(number))
        {
            return "No number may overflow a double.";
        }

        if (isInteger && !IsExactly(digits, number))
        {
            return "No integer may need more digits than a double holds; it can stand as a string.";
        }

        EcmaScriptNumber.Write(output, number);
        return null;
    }

    /// <summary>Since .NET Core 3.0 the fixed format prints every digit of the double's exact value, so the same digits are the same number.</summary>
    private static bool IsExactly(ReadOnlySpan<byte> digits, double number)
    {
        Span<byte> exact = stackalloc byte[MaxIntegerDigits];
        return Math.Abs(number).TryFormat(exact, out var length, "F0", CultureInfo.InvariantCulture) && exact[..length].SequenceEqual(digits);
    }
}
