using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Repository.Domain.Sessions;

namespace Repository.Infrastructure.Keys;

/// <summary>What a token of this deployment says. That it says so never becomes untrue; whether it still counts is another question.</summary>
internal sealed class VerifiedToken
{
    /// <param name="token">A token whose signature was verified: every member is as this deployment wrote it.</param>
    public VerifiedToken(JsonWebToken token)
    {
        Kid = token.Kid;
        Issuer = token.Issuer;
        Subject = token.Subject;
        Audience = token.GetPayloadValue<string>("aud");
        Timecode = token.GetPayloadValue<long>("iat");
        NotBefore = token.GetPayloadValue<long>("nbf");
        Expires = token.GetPayloadValue<long>("exp");
        TokenId = token.Id;
        TokenIdHash = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(TokenId));
        Session = token.TryGetPayloadValue<string>("sid", out var session) && SessionId.TryParse(session, out var id) ? id : null;
        Capability = token.TryGetPayloadValue<string>("cap", out var capability) ? capability : null;
        Scope = token.TryGetPayloadValue<string>("scope", out var scope) ? scope : null;
    }

    /// <summary>The key that signed it.</summary>
    public string Kid { get; }

    public string Issuer { get; }

    public string Subject { get; }

    public string Audience { get; }

    /// <summary><c>iat</c>.</summary>
    public long Timecode { get; }

    /// <summary><c>nbf</c>: the first second at which it is good.</summary>
    public long NotBefore { get; }

    /// <summary><c>exp</c>: the first second at which it is not good any more.</summary>
    public long Expires { get; }

    /// <summary><c>jti</c>.</summary>
    public string TokenId { get; }

    /// <summary><c>sid</c>; null where it is no session's token.</summary>
    public SessionId? Session { get; }

    /// <summary><c>cap</c>; null where it is no activation.</summary>
    public string? Capability { get; }

    /// <summary><c>scope</c>; null where there is none.</summary>
    public string? Scope { get; }

    /// <summary>What a revocation is stored under: SHA-256 of <see cref="TokenId"/>.</summary>
    public byte[] TokenIdHash { get; }

    /// <summary>Whether it is in time, without any tolerance (design/formats.md, JWTs).</summary>
    public bool IsInTime(DateTimeOffset now) =>
        DateTimeOffset.FromUnixTimeSeconds(NotBefore) <= now && now < DateTimeOffset.FromUnixTimeSeconds(Expires);
}
