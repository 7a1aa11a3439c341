using Repository.Api.Hosting;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Signals;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Keys;

/// <summary>
/// Revokes tokens (RFC 7009). What is no token of ours, or no longer good, needs no revocation: it is answered like one that was revoked.
/// </summary>
internal sealed class TokenRevocation(TokenVerifier tokens, TokenRights rights, IssuerName issuer, TokenRevoker revoker)
{
    public async Task<Answer> ExecuteAsync(string text, Caller caller, CancellationToken ct)
    {
        if (await tokens.VerifyAsync(text, issuer.Value, ct) is { } token)
        {
            if (!await rights.MayRevokeAsync(caller, token, ct))
            {
                return Answer.Refuse(ApiProblem.Forbidden);
            }

            await revoker.ExecuteAsync(token, caller.Actor, ct);
        }

        return Answer.Ok(new TokenRevocationView(Active: false));
    }
}

/// <summary>Writes a revocation, then tells whoever waits in the token's session.</summary>
internal sealed class TokenRevoker(IWriteQueue writes, AuditLog audit, ISignals signals)
{
    /// <summary>Once begun, it goes to its end also when the caller goes away.</summary>
    public async Task ExecuteAsync(VerifiedToken token, string actor, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await writes.ExecuteAsync(new RevokeToken(token, actor, audit), CancellationToken.None);
        if (token.Session is not null)
        {
            signals.Raise(Topic.User(HashIdentifier.Parse(token.Subject)));
        }
    }
}
