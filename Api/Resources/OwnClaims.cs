using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Repository.Api.Resources;

/// <summary>The claims that a resource puts into its JWTs itself.</summary>
internal static class OwnClaims
{
    private const int MaxBytes = 4_096;

    /// <summary>What this server says in its own name (design/formats.md, JWTs). Names are case-sensitive, as in RFC 7519.</summary>
    private static readonly FrozenSet<string> Reserved =
        new[] { "iss", "sub", "aud", "iat", "nbf", "exp", "jti", "sid", "scope", "cap" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is wrong with them; null where nothing is.</summary>
    public static string? Refuse(JsonElement claims) => claims switch
    {
        { ValueKind: not JsonValueKind.Object } => "must be an object.",
        _ when JsonMarshal.GetRawUtf8Value(claims).Length > MaxBytes => $"must be at most {MaxBytes} bytes.",
        _ when !IsText(claims) => "must not hold a lone surrogate.",
        _ when claims.EnumerateObject().Any(static claim => Reserved.Contains(claim.Name)) =>
            $"must not hold {string.Join(", ", Reserved.Order(StringComparer.Ordinal))}.",

        // Some libraries, ours and ASP.NET Core's among them, read it as text or nothing of the token: it could be neither checked nor revoked.
        _ when claims.TryGetProperty("azp", out var party) && party.ValueKind is not (JsonValueKind.String or JsonValueKind.Null) =>
            "must hold azp as text.",
        _ => null,
    };

    /// <summary>Whether every name and string can be read: half a surrogate pair is JSON, and no text.</summary>
    private static bool IsText(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.Object => value.EnumerateObject().All(static member => member.Name is not null && IsText(member.Value)),
                JsonValueKind.Array => value.EnumerateArray().All(IsText),
                JsonValueKind.String => value.GetString() is not null,
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
