using Microsoft.Net.Http.Headers;

namespace Repository.Api.Hosting.Actions;

/// <summary>What a body says that it is.</summary>
internal static class BodyType
{
    public const string Json = "application/json";
    public const string Bytes = "application/octet-stream";
    public const string Toml = "application/toml";
    public const string EventStream = "text/event-stream";
    public const string Form = "application/x-www-form-urlencoded";

    /// <summary>
    /// Whether a body is of this type, in UTF-8. Without a body there is nothing to have a type: an absent one is then refused as the
    /// missing body that it is.
    /// </summary>
    public static bool Is(HttpRequest request, string mediaType)
    {
        if (request.Headers.ContainsKey(HeaderNames.ContentEncoding))
        {
            return false; // A compressed body is not read as if it were none.
        }

        if (request.ContentType is not { } text)
        {
            return request.ContentLength is null or 0 && !request.Headers.ContainsKey(HeaderNames.TransferEncoding);
        }

        return string.Equals(text, mediaType, StringComparison.Ordinal)
            || (MediaTypeHeaderValue.TryParse(text, out var type)
                && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase) // Not "matches": */* is no type.
                && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
                    || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)));
    }
}
