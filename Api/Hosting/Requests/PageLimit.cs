using System.Globalization;
using System.Runtime.InteropServices;
using Repository.Domain.Encoding;

namespace Repository.Api.Hosting.Requests;

/// <summary>How many items a part of a list holds at the most: 1 to 200, 50 when not given.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PageLimit(int Value) : ICanonicalText<PageLimit>
{
    public const int Default = 50;
    public const int Max = 200;

    public static string Rule => $"must be a whole number from 1 to {Max}.";

    public static bool TryParse(ReadOnlySpan<char> text, out PageLimit value)
    {
        // The parser skips leading zeros and trailing NULs: neither is the number's one spelling.
        var valid = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= 1 and <= Max
            && text[0] != '0'
            && text[^1] != '\0';
        value = new PageLimit(valid ? number : Default);
        return valid;
    }
}
