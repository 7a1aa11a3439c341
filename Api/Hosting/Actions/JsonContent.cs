using Microsoft.Net.Http.Headers;

namespace Repository.Api.Hosting.Actions;

/// <summary>Whether a body says that it is JSON in UTF-8.</summary>
internal static class JsonContent
{
    private const string Json = "application/json";

    /// <summary>Without a body there is nothing to have a type: an absent one is then refused as the missing body that it is.</summary>
    public static bool IsIn(HttpRequest request)
    {
        if (request.Headers.ContainsKey(HeaderNames.ContentEncoding))
        {
            return false; // A compressed body is not read as if it were none.
        }

        if (request.ContentType is not { } text)
        {
            return request.ContentLength is null or 0 && !request.Headers.ContainsKey(HeaderNames.TransferEncoding);
        }

        return string.Equals(text, Json, StringComparison.Ordinal)
            || (MediaTypeHeaderValue.TryParse(text, out var type)
                && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase) // Not "matches": */* is no type.
                && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
                    || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)));
    }
}
