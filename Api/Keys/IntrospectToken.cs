using System.Text.Json.Serialization;
using Repository.Api.Hosting;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Sessions;

namespace Repository.Api.Keys;

/// <summary>
/// What a token says, if it counts (RFC 7662, 2.2). Of one that does not, nothing is told but that: not whether it was revoked, expired, or
/// never was one. As the RFC has it, what a token does not say is left out.
/// </summary>
/// <param name="Active">Whether this deployment made it, it is in time, and it was not revoked; of a session, whether it goes on.</param>
/// <param name="TokenType"><c>Bearer</c>.</param>
/// <param name="Iss">This deployment.</param>
/// <param name="Sub">What it is about: a user, a machine, a resource.</param>
/// <param name="Aud">Whom it is for.</param>
/// <param name="Iat">The timecode, in Unix seconds.</param>
/// <param name="Nbf">The first second at which it is good.</param>
/// <param name="Exp">The first second at which it is not good any more.</param>
/// <param name="Jti">Its name.</param>
/// <param name="Sid">The session; only of a session's token.</param>
/// <param name="Cap">The capability; only of an activation.</param>
/// <param name="Scope">What it allows, where it says so.</param>
public sealed record IntrospectedToken(
    bool Active,
    [property: JsonPropertyName("token_type"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TokenType = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Iss = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sub = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Aud = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Iat = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Nbf = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Exp = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Jti = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sid = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Cap = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Scope = null)
{
    internal static IntrospectedToken Inactive { get; } = new(Active: false);

    internal static IntrospectedToken Of(VerifiedToken token) => new(
        Active: true,
        "Bearer",
        token.Issuer,
        token.Subject,
        token.Audience,
        token.Timecode,
        token.NotBefore,
        token.Expires,
        token.TokenId,
        token.Session?.ToString(),
        token.Capability,
        token.Scope);
}

/// <summary>Tells whether a token counts now.</summary>
internal sealed class IntrospectToken(TokenVerifier tokens, LiveSessions sessions, RevokedTokens revoked, IssuerName issuer)
{
    public async Task<IntrospectedToken> ExecuteAsync(string text, CancellationToken ct) =>
        await tokens.VerifyAsync(text, issuer.Value, ct) is { } token && await CountsAsync(token, ct)
            ? IntrospectedToken.Of(token)
            : IntrospectedToken.Inactive;

    private async ValueTask<bool> CountsAsync(VerifiedToken token, CancellationToken ct) => token.Session is { } session
        ? await sessions.FindUserAsync(session, token.TokenIdHash, ct) is not null
        : !await revoked.ContainsAsync(token, ct);
}
