using System.Numerics;

namespace Repository.Domain.Encoding;

/// <summary>Numbers of ASCII digits and nothing else, in texts of chars or of bytes. The base library's parsers let a sign or a NUL pass.</summary>
internal static class AsciiNumber
{
    /// <summary>Reads at most nine digits, all of the text. Never throws.</summary>
    public static bool TryRead<TUnit>(ReadOnlySpan<TUnit> digits, out int number)
        where TUnit : unmanaged, IBinaryInteger<TUnit>
    {
        number = 0;
        if (digits.Length > 9)
        {
            return false;
        }

        foreach (var unit in digits)
        {
            var digit = int.CreateTruncating(unit) - '0';
            if (digit is < 0 or > 9)
            {
                return false;
            }

            number = (number * 10) + digit;
        }

        return true;
    }
}
