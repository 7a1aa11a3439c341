using System.Buffers;
using Repository.Domain.Encoding;

namespace Repository.Domain.Cluster;

/// <summary>
/// What a cluster or a member of one is called: <c>[A-Za-z_][A-Za-z0-9_]*</c>, at most 128 characters, and never the digits of an id, so
/// that a path tells the two apart (design/api.md, Cluster).
/// </summary>
public readonly record struct MemberName : ICanonicalText<MemberName>
{
    public const int MaxLength = 128;

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789ABCDEFabcdef");

    private readonly string? _text;

    private MemberName(string text) => _text = text;

    public static string Rule =>
        "must be 1 to 128 of A-Z, a-z, 0-9 and _, not begin with a digit, and not be 40 or 64 hex digits.";

    public static bool TryParse(ReadOnlySpan<char> text, out MemberName value)
    {
        var valid = text.Length is > 0 and <= MaxLength
            && !char.IsAsciiDigit(text[0])
            && !text.ContainsAnyExcept(Characters)
            && (text.Length is not (2 * NodeId.ShortSize or 2 * NodeId.HashSize) || text.ContainsAnyExcept(HexDigits));
        value = valid ? new MemberName(text.ToString()) : default;
        return valid;
    }

    /// <exception cref="FormatException">The text is no name; use <see cref="TryParse"/> where that is to be expected.</exception>
    public static MemberName Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"A name {Rule}");

    public override string ToString() => _text ?? string.Empty;
}
