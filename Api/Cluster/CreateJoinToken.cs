using Repository.Domain.Audit;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Cluster;

/// <summary>Keeps a new join token, as its hash. The audit log knows it by the first digits of that, which say nothing of the token.</summary>
internal sealed class CreateJoinToken(PlainJoinToken token, DateTimeOffset now, DateTimeOffset expiresDate, string actor, AuditLog audit)
    : WriteOperation<bool>
{
    public override async ValueTask<bool> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        await transaction.AddJoinTokenAsync(token.Hash, now, expiresDate, ct);
        await audit.AppendAsync(transaction, new AuditEvent(actor, "join-token-created", JoinTokens.NameOf(token.Hash)), ct);
        return true;
    }
}
