using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Repository.Infrastructure.Keys;

/// <summary>
/// Reads tokens of this deployment: JWTs signed with ES256 by a key that is published, and in time. What a token is good for, and whether
/// it was revoked, its reader asks.
/// </summary>
internal sealed class TokenVerifier(SigningKeyRing keys, VerifiedTokens verified, TimeProvider clock)
{
    private static readonly JsonWebTokenHandler Handler = new();

    /// <summary>Whether a text can be a signed JWT at all: three parts.</summary>
    public static bool HasForm(string text) => text.AsSpan().Count('.') == 2;

    /// <param name="text">A stranger's text.</param>
    /// <param name="issuer">The <c>iss</c> of this deployment.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Null when it is no token of ours, or not yet or no longer good.</returns>
    public async ValueTask<VerifiedToken?> VerifyAsync(string text, string issuer, CancellationToken ct)
    {
        if (!HasForm(text) || text.Length > TokenValidationParameters.DefaultMaximumTokenSizeInBytes)
        {
            return null;
        }

        var name = VerifiedTokens.NameOf(text);
        var token = verified.Find(name);
        if (token is null && (token = await ReadAsync(text, issuer, ct)) is not null)
        {
            verified.Add(name, token);
        }

        // A key that is published no longer vouches for nothing, also not for what it was seen to have signed.
        return token?.IsInTime(clock.GetUtcNow()) is true && await keys.FindAsync(token.Kid, ct) is not null ? token : null;
    }

    private async ValueTask<VerifiedToken?> ReadAsync(string text, string issuer, CancellationToken ct)
    {
        if (Parse(text) is not { Kid: { Length: > 0 } kid } token || await keys.FindAsync(kid, ct) is not { } key)
        {
            return null;
        }

        var result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidTypes = ["JWT"],
            ValidIssuer = issuer,
            IssuerSigningKey = TokenSigner.SecurityKeyOf(key),
            TryAllIssuerSigningKeys = false,
#pragma warning disable CA5404 // Whom it is for depends on its kind; the time is asked at every use, also of a token that is remembered.
            ValidateAudience = false,
            ValidateLifetime = false,
#pragma warning restore CA5404
        });
        return result.IsValid ? new VerifiedToken(token) : null;
    }

    private static JsonWebToken? Parse(string text)
    {
        try
        {
            return new JsonWebToken(text);
        }
        catch (ArgumentException)
        {
            // Not base64url, not JSON, … The library has no other way to say so.
            return null;
        }
    }
}
