using Repository.Domain.Encoding;

namespace Repository.Domain.Sessions;

/// <summary>What a user's program has after a handshake: a token until the end of the next window, or until somebody signs it out.</summary>
public sealed class Session
{
    private Session(SessionId sessionId, HashIdentifier userGuid, DateTimeOffset expiresDate)
    {
        SessionId = sessionId;
        UserGuid = userGuid;
        ExpiresDate = expiresDate;
    }

    public SessionId SessionId { get; }

    public HashIdentifier UserGuid { get; }

    public DateTimeOffset ExpiresDate { get; }

    /// <summary>When it was signed out; null while it was not.</summary>
    public DateTimeOffset? EndedDate { get; private set; }
}
