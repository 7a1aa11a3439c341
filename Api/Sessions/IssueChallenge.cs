using FluentValidation;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Sessions;

namespace Repository.Api.Sessions;

/// <param name="UserGuid">Who wants to open a session.</param>
public sealed record IssueChallengeRequest(string UserGuid);

internal sealed class IssueChallengeRequestValidator : AbstractValidator<IssueChallengeRequest>
{
    public IssueChallengeRequestValidator() => RuleFor(request => request.UserGuid).Spells<IssueChallengeRequest, HashIdentifier>();
}

/// <summary>What a handshake begins with. It looks the same for a user that does not exist.</summary>
/// <param name="Challenge">Base64 of opaque bytes, good for this user and one session.</param>
/// <param name="ServerPublicKey">Base64 of the server's X25519 key of this handshake, 32 bytes.</param>
/// <param name="ExpiresDate">When the challenge ends.</param>
public sealed record SessionChallengeView(string Challenge, string ServerPublicKey, DateTimeOffset ExpiresDate)
{
    internal static SessionChallengeView Of(IssuedChallenge issued) =>
        new(Convert.ToBase64String(issued.Challenge), Convert.ToBase64String(issued.ServerPublicKey), issued.ExpiresDate);
}
