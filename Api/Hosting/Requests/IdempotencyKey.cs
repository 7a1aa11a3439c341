namespace Repository.Api.Hosting.Requests;

/// <summary>The <c>Idempotency-Key</c> header: 1 to 255 visible ASCII characters, once.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const string Rule = "must be 1 to 255 visible ASCII characters.";

    private const int MaxLength = 255;

    /// <summary>Whether there is such a header, well-formed or not.</summary>
    public static bool IsGiven(HttpRequest request) => request.Headers.ContainsKey(Header);

    /// <summary>Reads the header; the key is null where there is none.</summary>
    /// <returns>False when the header is malformed.</returns>
    public static bool TryRead(HttpRequest request, out string? key)
    {
        key = null;
        if (!request.Headers.TryGetValue(Header, out var values) || values.Count == 0)
        {
            return true;
        }

        if (values.Count > 1 || values[0] is not { Length: > 0 and <= MaxLength } value || value.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return false;
        }

        key = value;
        return true;
    }
}
