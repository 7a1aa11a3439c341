using System.Globalization;
using System.Runtime.InteropServices;
using Repository.Domain.Encoding;

namespace Repository.Api.Cluster;

/// <summary>Which members are meant: bit i stands for the i-th of those that are present, in the order of joining. A bit too high stands for none.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MemberMask(ulong Bits) : ICanonicalText<MemberMask>
{
    public static MemberMask All { get; } = new(ulong.MaxValue);

    public static string Rule => "must be an unsigned number of 64 bits, in decimal digits.";

    public static bool TryParse(ReadOnlySpan<char> text, out MemberMask value)
    {
        // The parser skips leading zeros and trailing NULs: neither is the number's one spelling.
        var valid = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            && (text[0] != '0' || text.Length == 1)
            && text[^1] != '\0';
        value = new MemberMask(bits);
        return valid;
    }

    public bool Includes(int index) => index < 64 && (Bits >> index & 1) == 1;
}
