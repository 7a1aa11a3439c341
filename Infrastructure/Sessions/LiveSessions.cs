using Repository.Domain.Encoding;
using Repository.Domain.Sessions;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Sessions;

/// <summary>
/// Asks the database, at every request, whether a session goes on: so a sign-out, a revocation and the disabling of its user count at every
/// node from the next request on.
/// </summary>
internal sealed class LiveSessions(Database database)
{
    private static readonly Statement Select = new(
        """
        SELECT s.user_guid FROM sessions s JOIN users u ON u.user_guid = s.user_guid
        WHERE s.session_id = $1 AND s.ended_date IS NULL AND u.state = 1
          AND NOT EXISTS (SELECT 1 FROM revoked_tokens WHERE token_id_hash = $2)
        """);

    private static readonly Statement EndAll =
        new("UPDATE sessions SET ended_date = $1 WHERE user_guid = $2 AND expires_date > $1 AND ended_date IS NULL");

    /// <summary>Ends every session of a user for good: a user who is enabled again opens new ones.</summary>
    public static async Task EndAllAsync(WriteTransaction transaction, HashIdentifier userGuid, DateTimeOffset now, CancellationToken ct) =>
        await transaction.ExecuteAsync(EndAll, [SqlValue.Of(now), SqlValue.Of(userGuid)], ct);

    /// <summary>Whose session a token is good for.</summary>
    /// <param name="session">The session that the token names.</param>
    /// <param name="tokenIdHash">SHA-256 of the token's <c>jti</c>.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Null when it was ended, or its token revoked, or its user disabled.</returns>
    public async ValueTask<HashIdentifier?> FindUserAsync(SessionId session, byte[] tokenIdHash, CancellationToken ct) =>
        await database.QueryAsync(Select, [SqlValue.Of(session), SqlValue.Of(tokenIdHash)], ct) is [var row]
            ? HashIdentifier.Load(row.Bytes(0))
            : null;
}
