using Repository.Api.Hosting;
using Repository.Api.Hosting.Callers;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Sessions;

namespace Repository.Api.Sessions;

/// <summary>
/// A session's token. It must name a session: the tokens of resources, activations and time are signed by the same keys, and are no
/// credentials here.
/// </summary>
internal sealed class SessionCredential(TokenVerifier tokens, LiveSessions sessions, IssuerName issuer) : ICredential
{
    public async ValueTask<Caller?> RecognizeAsync(string presented, CancellationToken ct)
    {
        var self = issuer.Value;
        return await tokens.VerifyAsync(presented, self, ct) is { Session: { } session } token
            && string.Equals(token.Audience, self, StringComparison.Ordinal)
            && await sessions.FindUserAsync(session, token.TokenIdHash, ct) is { } user
                ? Caller.Session(user, session.ToString(), token)
                : null;
    }
}
