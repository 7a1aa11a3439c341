using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Domain.Sessions;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Sessions;

/// <summary>
/// Opens sessions. All cryptography is done here, before the write is queued, because every other write waits for what the writer does;
/// nobody is told of a session that is not durable.
/// </summary>
internal sealed class SessionOpener(HandshakeCheck check, SessionTokens tokens, IWriteQueue writes, AuditLog audit, TimeProvider clock)
{
    public async Task<Answer> ExecuteAsync(HttpContext context, OpenSessionRequest request, CancellationToken ct)
    {
        using var proof = await check.ExecuteAsync(request, ct);
        if (proof is null)
        {
            return Refuse(context);
        }

        var now = clock.GetUtcNow();
        var session = new NewSession(proof, SessionId.Draw(), SessionTokens.ExpiryOf(now));
        var opened = await tokens.IssueAsync(session, now, ct);
        return await writes.ExecuteAsync(new OpenSession(session, audit), ct)
            ? Answer.Created($"/v1/sessions/{session.SessionId}", opened)
            : Refuse(context);
    }

    /// <summary>One answer for all that can be wrong.</summary>
    private static Answer Refuse(HttpContext context)
    {
        AuthorizationProblems.Challenge(context);
        return Answer.Refuse(ApiProblem.HandshakeFailed);
    }
}
