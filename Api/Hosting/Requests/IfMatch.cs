using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Primitives;

namespace Repository.Api.Hosting.Requests;

/// <summary>The <c>If-Match</c> header (RFC 9110, 13.1.1): a thing is changed only if its entity tag is one of these.</summary>
/// <remarks>
/// <code>
/// If-Match   = "*" / #entity-tag                 several headers are one list; a list's empty elements do not count (5.6.1.2)
/// entity-tag = [ "W/" ] DQUOTE *etagc DQUOTE
/// etagc      = %x21 / %x23-7E / %x80-FF          no space, no quotation mark
/// </code>
/// A list without any tag could never match: it is a client's mistake, and refused like what is malformed.
/// </remarks>
internal sealed class IfMatch
{
    public const string Header = "If-Match";
    public const string Rule = "must be * or a list of entity tags, each in quotation marks.";

    private const string Space = " \t";
    private const string Separators = Space + ",";
    private const string Weak = "W/";

    /// <summary>The strong tags; null where anything matches.</summary>
    private readonly HashSet<string>? _tags;

    private IfMatch(HashSet<string>? tags) => _tags = tags;

    /// <summary>Reads the values of the header, or of the headers.</summary>
    public static bool TryParse(StringValues values, [NotNullWhen(true)] out IfMatch? value)
    {
        value = null;
        var text = string.Join(',', values.ToArray()).AsSpan();
        if (text.Trim(Space) is "*")
        {
            value = new IfMatch(tags: null);
            return true;
        }

        var tags = new HashSet<string>(StringComparer.Ordinal);
        var hasTags = false;
        for (text = text.TrimStart(Separators); !text.IsEmpty; text = text.TrimStart(Separators))
        {
            var length = LengthOfTag(text);
            if (length == 0 || text[length..].TrimStart(Space) is not ([] or [',', ..]))
            {
                return false;
            }

            hasTags = true;
            if (!text.StartsWith(Weak, StringComparison.Ordinal))
            {
                tags.Add(text[..length].ToString()); // Comparison is strong: a weak tag matches nothing (8.8.3.2).
            }

            text = text[length..];
        }

        value = hasTags ? new IfMatch(tags) : null;
        return hasTags;
    }

    /// <summary>Whether what has this strong entity tag may be changed.</summary>
    public bool Admits(string etag) => _tags?.Contains(etag) ?? true;

    /// <returns>The length of the tag that the text begins with; 0 when it begins with none.</returns>
    private static int LengthOfTag(ReadOnlySpan<char> text)
    {
        var prefix = text.StartsWith(Weak, StringComparison.Ordinal) ? Weak.Length : 0;
        if (text[prefix..] is not ['"', .. var opened])
        {
            return 0;
        }

        var size = opened.IndexOf('"');
        return size < 0 || opened[..size].ContainsAnyInRange('\0', ' ') || opened[..size].Contains('\x7F') ? 0 : prefix + size + 2;
    }
}
