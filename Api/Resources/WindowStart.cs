using System.Globalization;
using System.Runtime.InteropServices;
using Repository.Domain.Encoding;

namespace Repository.Api.Resources;

/// <summary>The first second of a window, in a path. A number that begins no window is well-formed, and no pinned window's.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WindowStart(long Seconds) : ICanonicalText<WindowStart>
{
    public static string Rule => "must be a whole number of Unix seconds, in decimal digits.";

    public static bool TryParse(ReadOnlySpan<char> text, out WindowStart value)
    {
        // The parser skips leading zeros and trailing NULs: neither is the number's one spelling.
        var valid = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && (text[0] != '0' || text.Length == 1)
            && text[^1] != '\0';
        value = new WindowStart(seconds);
        return valid;
    }
}
