using System.Globalization;

namespace Repository.Domain.Encoding;

/// <summary>A finite double as ECMAScript's Number::toString prints it (ECMA-262, 6.1.6.1.20): the fewest digits that tell it from any other.</summary>
internal static class EcmaScriptNumber
{
    public static void Write(PooledBuffer output, double number)
    {
        if (number == 0)
        {
            output.Append((byte)'0'); // Negative zero and underflow too.
            return;
        }

        Span<byte> printed = stackalloc byte[32];
        var length = Print(Math.Abs(number), printed);
        Span<byte> digits = stackalloc byte[32];
        var (count, point) = SplitDigits(printed[..length], digits);
        if (number < 0)
        {
            output.Append((byte)'-');
        }

        WriteDigits(output, digits[..count], point);
    }

    /// <summary>
    /// .NET prints the same shortest digits as ECMAScript, in another layout, but for two powers of two (2^-25 and 2^-958 in
    /// .NET 10): it leaves out their last digit, and what it prints is their neighbour, which would make two numbers one.
    /// </summary>
    private static int Print(double number, Span<byte> printed)
    {
        _ = number.TryFormat(printed, out var length, "R", CultureInfo.InvariantCulture);
        if (!double.TryParse(printed[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var again) || !again.Equals(number))
        {
            _ = number.TryFormat(printed, out length, "E16", CultureInfo.InvariantCulture); // Seventeen digits tell any two doubles apart.
        }

        return length;
    }

    /// <summary>Takes the significant digits out of <c>1234.5</c> or <c>1.2345E+20</c>; the value is 0.digits times ten to the point.</summary>
    private static (int Count, int Point) SplitDigits(ReadOnlySpan<byte> printed, Span<byte> digits)
    {
        var exponentAt = printed.IndexOf((byte)'E');
        var exponent = exponentAt < 0 ? 0 : int.Parse(printed[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = exponentAt < 0 ? printed : printed[..exponentAt];
        var dot = mantissa.IndexOf((byte)'.');
        var point = (dot < 0 ? mantissa.Length : dot) + exponent;

        var count = 0;
        foreach (var character in mantissa)
        {
            if (character == '.')
            {
                continue;
            }

            if (count == 0 && character == '0')
            {
                point--; // A leading zero is no significant digit.
                continue;
            }

            digits[count++] = character;
        }

        while (count > 1 && digits[count - 1] == '0')
        {
            count--;
        }

        return (count, point);
    }

    private static void WriteDigits(PooledBuffer output, ReadOnlySpan<byte> digits, int point)
    {
        switch (point)
        {
            case > 0 and <= 21 when digits.Length <= point:
                output.Append(digits);
                WriteZeros(output, point - digits.Length);
                break;
            case > 0 and <= 21:
                output.Append(digits[..point]);
                output.Append((byte)'.');
                output.Append(digits[point..]);
                break;
            case > -6 and <= 0:
                output.Append("0."u8);
                WriteZeros(output, -point);
                output.Append(digits);
                break;
            default:
                WriteScientific(output, digits, point - 1);
                break;
        }
    }

    private static void WriteScientific(PooledBuffer output, ReadOnlySpan<byte> digits, int exponent)
    {
        output.Append(digits[0]);
        if (digits.Length > 1)
        {
            output.Append((byte)'.');
            output.Append(digits[1..]);
        }

        output.Append(exponent < 0 ? "e-"u8 : "e+"u8);
        Span<byte> text = stackalloc byte[3]; // At most 324.
        _ = Math.Abs(exponent).TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        output.Append(text[..length]);
    }

    private static void WriteZeros(PooledBuffer output, int count) => output.Append("00000000000000000000"u8[..count]); // Twenty: of 1e20.
}
