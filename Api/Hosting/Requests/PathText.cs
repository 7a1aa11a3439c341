using System.Buffers;
using System.Text.Unicode;

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
        return TryDecode(path[(path.LastIndexOf('/') + 1)..], out var text)
            && string.Equals(WithoutSlashes(text), WithoutSlashes(routed), StringComparison.Ordinal)
            && System.Text.Encoding.UTF8.GetByteCount(text) is > 0 and <= MaxSize
                ? new PathText(text)
                : null;
    }

    /// <summary>
    /// Reads percent-encoded UTF-8. An escape of anything else is refused; <see cref="Uri.UnescapeDataString(string)"/> would let it stand,
    /// as a second spelling of the text that has a percent sign in this place.
    /// </summary>
    private static bool TryDecode(string segment, out string text)
    {
        text = string.Empty;
        var bytes = new byte[System.Text.Encoding.UTF8.GetMaxByteCount(segment.Length)];
        var size = 0;
        for (var i = 0; i < segment.Length;)
        {
            if (segment[i] != '%')
            {
                var end = segment.IndexOf('%', i) is var at and >= 0 ? at : segment.Length;
                size += System.Text.Encoding.UTF8.GetBytes(segment.AsSpan(i..end), bytes.AsSpan(size));
                i = end;
                continue;
            }

            if (segment.Length - i < 3 || Convert.FromHexString(segment.AsSpan(i + 1, 2), bytes.AsSpan(size, 1), out _, out _) != OperationStatus.Done)
            {
                return false;
            }

            size++;
            i += 3;
        }

        if (!Utf8.IsValid(bytes.AsSpan(0, size)))
        {
            return false;
        }

        text = System.Text.Encoding.UTF8.GetString(bytes, 0, size);
        return true;
    }

    private static string WithoutSlashes(string text) => text.Replace("/", Slash, StringComparison.Ordinal).Replace("%2f", Slash, StringComparison.Ordinal);
}
