namespace Repository.Api.Hosting.Requests;

/// <summary>
/// The last segment of a path as any text. Kestrel decodes a path but for <c>%2F</c>, so that a slash that is part of the text and the three
/// characters <c>%2F</c> look alike in it: what the client wrote is read instead.
/// </summary>
/// <param name="Text">1 to <see cref="MaxSize"/> bytes of UTF-8.</param>
internal sealed record PathText(string Text)
{
    /// <summary>In bytes.</summary>
    public const int MaxSize = 1_024;

    public const string Rule = "must be 1 to 1,024 bytes of UTF-8, percent-encoded.";

    private const string Slash = "%2F";

    /// <summary>Reads the segment.</summary>
    /// <param name="target">The request's target as it was received.</param>
    /// <param name="routed">The segment as routing sees it: whatever a path's dots have made of the target, the two must agree.</param>
    public static PathText? Parse(string target, string routed)
    {
        var path = target.Split('?')[0];
        var text = Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
        return string.Equals(WithoutSlashes(text), WithoutSlashes(routed), StringComparison.Ordinal)
            && System.Text.Encoding.UTF8.GetByteCount(text) is > 0 and <= MaxSize
                ? new PathText(text)
                : null;
    }

    private static string WithoutSlashes(string text) => text.Replace("/", Slash, StringComparison.Ordinal).Replace("%2f", Slash, StringComparison.Ordinal);
}
