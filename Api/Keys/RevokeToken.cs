using Repository.Domain.Audit;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Keys;

/// <summary>What a revocation is answered with: as an introspection would be. RFC 7009 has clients look at the status and at nothing else.</summary>
/// <param name="Active">False: it counts no more, or never did.</param>
public sealed record TokenRevocationView(bool Active);

/// <summary>Revokes a token until its end. Revoking it again changes nothing and is not audited.</summary>
internal sealed class RevokeToken(VerifiedToken token, string actor, AuditLog audit) : WriteOperation<bool>
{
    public override async ValueTask<bool> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        if (!await RevokedTokens.AddAsync(transaction, token, ct))
        {
            return false;
        }

        // By the hash, as the table has it: a name may be anybody's text.
        var details = $$"""{"tokenIdHash":"{{Convert.ToHexStringLower(token.TokenIdHash)}}"}""";
        await audit.AppendAsync(transaction, new AuditEvent(actor, "token-revoked", token.Subject, details), ct);
        return true;
    }
}
