using Repository.Api.Hosting.Callers;
using Repository.Domain.Encoding;
using Repository.Domain.Sessions;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Sessions;

/// <summary>Ends a session, once, and says whose it was; null when the caller has no such session. Ending it again changes nothing.</summary>
internal sealed class EndSession(SessionId sessionId, Caller caller, DateTimeOffset now, AuditLog audit) : WriteOperation<HashIdentifier?>
{
    private static readonly Statement SelectUser = new("SELECT user_guid FROM sessions WHERE session_id = $1");

    private static readonly Statement End = new("UPDATE sessions SET ended_date = $1 WHERE session_id = $2 AND ended_date IS NULL");

    public override async ValueTask<HashIdentifier?> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var id = SqlValue.Of(sessionId);
        if (await transaction.QueryAsync(SelectUser, [id], ct) is not [var row]
            || HashIdentifier.Load(row.Bytes(0)) is var user && !caller.MayActAs(user))
        {
            return null;
        }

        if (await transaction.ExecuteAsync(End, [SqlValue.Of(now), id], ct) == 1)
        {
            await audit.AppendAsync(transaction, SessionEvents.Ended(sessionId, user, caller.Actor), ct);
        }

        return user;
    }
}
