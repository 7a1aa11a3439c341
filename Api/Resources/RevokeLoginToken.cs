using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting.Callers;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Resources;

/// <summary>What became of a revocation.</summary>
internal enum LoginTokenRevocation
{
    Done,
    ResourceUnknown,
    LoginTokenUnknown,
}

/// <summary>Ends a login token, from the next request on.</summary>
internal sealed class RevokeLoginToken(HashIdentifier resourceGuid, SourceId source, Caller caller, AuditLog audit)
    : WriteOperation<LoginTokenRevocation>
{
    private static readonly Statement Delete = new("DELETE FROM login_tokens WHERE source_id = $1 AND resource_guid = $2");

    public override async ValueTask<LoginTokenRevocation> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        if (!await transaction.Db.Resources.OfCaller(caller, resourceGuid).AnyAsync(ct))
        {
            return LoginTokenRevocation.ResourceUnknown;
        }

        if (await transaction.ExecuteAsync(Delete, [SqlValue.Of(source.ToByteArray()), SqlValue.Of(resourceGuid)], ct) == 0)
        {
            return LoginTokenRevocation.LoginTokenUnknown;
        }

        await audit.AppendAsync(transaction, ResourceAudit.Entry(caller.Actor, "login-token-revoked", resourceGuid, source), ct);
        return LoginTokenRevocation.Done;
    }
}
