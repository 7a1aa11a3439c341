using Repository.Api.Hosting;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Keys;

/// <summary>
/// Revokes tokens (RFC 7009). What is no token of ours, or no longer good, needs no revocation: it is answered like one that was revoked.
/// </summary>
internal sealed class TokenRevocation(TokenVerifier tokens, TokenRights rights, IssuerName issuer, IWriteQueue writes, AuditLog audit)
{
    public async Task<Answer> ExecuteAsync(string text, Caller caller, CancellationToken ct)
    {
        if (await tokens.VerifyAsync(text, issuer.Value, ct) is { } token)
        {
            if (!await rights.MayRevokeAsync(caller, token, ct))
            {
                return Answer.Refuse(ApiProblem.Forbidden);
            }

            await writes.ExecuteAsync(new RevokeToken(token, caller.Actor, audit), ct);
        }

        return Answer.Ok(new TokenRevocationView(Active: false));
    }
}
