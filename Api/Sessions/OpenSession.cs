using FluentValidation;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Audit;
using Repository.Domain.Cryptography;
using Repository.Domain.Encoding;
using Repository.Domain.Sessions;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Sessions;

/// <param name="UserGuid">Who opens a session.</param>
/// <param name="Challenge">The challenge, as it was given.</param>
/// <param name="KeyAgreement"><c>ecdh</c>, or <c>rsa</c> by a user whose registered key is RSA.</param>
/// <param name="Signature">Base64 of the user's signature over the transcript (docs/formats.md).</param>
/// <param name="ClientPublicKey">Base64 of an X25519 key of this handshake's own, 32 bytes; only with <c>ecdh</c>.</param>
public sealed record OpenSessionRequest(string UserGuid, string Challenge, string KeyAgreement, string Signature, string? ClientPublicKey = null)
{
    /// <summary>Agrees by X25519.</summary>
    internal const string Ecdh = "ecdh";

    /// <summary>Has the server draw the key and encrypt it to the user's RSA key.</summary>
    internal const string Rsa = "rsa";

    internal const int MaxChallengeSize = 512;

    /// <summary>No body holds more.</summary>
    internal const int MaxSignatureSize = 1024 * 1024;
}

internal sealed class OpenSessionRequestValidator : AbstractValidator<OpenSessionRequest>
{
    public OpenSessionRequestValidator()
    {
        RuleFor(request => request.UserGuid).Spells<OpenSessionRequest, HashIdentifier>();
        RuleFor(request => request.Challenge).IsBase64UpTo(OpenSessionRequest.MaxChallengeSize);
        RuleFor(request => request.KeyAgreement)
            .Must(static text => text is OpenSessionRequest.Ecdh or OpenSessionRequest.Rsa)
            .WithMessage("must be ecdh or rsa.");
        // Of any length: one that fits no key is refused like one that does not verify.
        RuleFor(request => request.Signature)
            .Must(static text => text is null or "" || StrictBase64.TryDecodeUpTo(text, OpenSessionRequest.MaxSignatureSize, out _))
            .WithMessage("must be base64.");
        RuleFor(request => request.ClientPublicKey)
            .IsBase64(X25519PrivateKey.PublicKeySize)
            .Must(static (request, key) => key is not null || request.KeyAgreement is not OpenSessionRequest.Ecdh)
            .WithMessage("is needed with ecdh.");
    }
}

/// <summary>A session that a handshake earned.</summary>
/// <param name="Proof">The handshake.</param>
/// <param name="SessionId">The session's name.</param>
/// <param name="ExpiresDate">When it ends by itself.</param>
internal sealed record NewSession(ProvenHandshake Proof, SessionId SessionId, DateTimeOffset ExpiresDate);

/// <summary>
/// Spends the challenge and opens the session; false when the challenge was spent meanwhile, or the user is no longer as it was judged. Of
/// many handshakes with one challenge the primary key lets one through.
/// </summary>
internal sealed class OpenSession(NewSession session, AuditLog audit) : WriteOperation<bool>
{
    /// <summary>Changes nothing: a user who is disabled at the same moment has the session ended with the others, or opens none.</summary>
    private static readonly Statement HoldUser = new("UPDATE users SET state = state WHERE user_guid = $1 AND state = 1 AND key_hash = $2");

    private static readonly Statement SpendChallenge =
        new("INSERT INTO spent_challenges (challenge_hash, expires_date) VALUES ($1, $2) ON CONFLICT (challenge_hash) DO NOTHING");

    private static readonly Statement Insert = new("INSERT INTO sessions (session_id, user_guid, expires_date) VALUES ($1, $2, $3)");

    public override async ValueTask<bool> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var (proof, user) = (session.Proof, SqlValue.Of(session.Proof.UserGuid));
        if (await transaction.ExecuteAsync(HoldUser, [user, SqlValue.Of(proof.KeyHash)], ct) == 0
            || await transaction.ExecuteAsync(SpendChallenge, [SqlValue.Of(proof.ChallengeHash), SqlValue.Of(proof.ChallengeExpiresDate)], ct) == 0)
        {
            return false;
        }

        await transaction.ExecuteAsync(Insert, [SqlValue.Of(session.SessionId), user, SqlValue.Of(session.ExpiresDate)], ct);
        await audit.AppendAsync(transaction, SessionEvents.Opened(session.SessionId, proof.UserGuid), ct);
        return true;
    }
}

/// <summary>What the audit log records of sessions.</summary>
internal static class SessionEvents
{
    /// <summary>The handshake proved who it is, so the user is the actor.</summary>
    public static AuditEvent Opened(SessionId session, HashIdentifier user) =>
        new(user.ToString(), "session-opened", user.ToString(), $$"""{"session":"{{session}}"}""");

    public static AuditEvent Ended(SessionId session, HashIdentifier user, string actor) =>
        new(actor, "session-ended", user.ToString(), $$"""{"session":"{{session}}"}""");
}
