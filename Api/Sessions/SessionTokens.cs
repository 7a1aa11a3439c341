using System.Security.Cryptography;
using Repository.Api.Hosting;
using Repository.Domain.Resources;
using Repository.Infrastructure.Keys;

namespace Repository.Api.Sessions;

/// <summary>Makes the tokens of sessions: good until the end of the next window, sealed under the handshake's key.</summary>
internal sealed class SessionTokens(SigningKeyRing keys, IssuerName issuer)
{
    /// <summary>When a session that begins now ends: it is there for the rest of this window and for the next one.</summary>
    public static DateTimeOffset ExpiryOf(DateTimeOffset now) =>
        DateTimeOffset.FromUnixTimeSeconds(Timecode.WindowStart(now.ToUnixTimeSeconds()) + (2 * Timecode.WindowSeconds));

    public async ValueTask<OpenedSession> IssueAsync(NewSession session, DateTimeOffset now, CancellationToken ct)
    {
        // One key for both signatures: the token's kid tells the client which made the second.
        var signer = (await keys.ReadAsync(ct)).Signer;
        var proof = session.Proof;
        var token = TokenSigner.Sign(ClaimsOf(session, now), signer);
        var sealedToken = proof.Key.Seal(token);
        var encryptedKey = proof.Recipient is { } recipient ? proof.Key.EncryptTo(recipient) : null;
        var signature = signer.Algorithm.SignData(
            proof.Transcript.ToServerBytes(sealedToken),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return new OpenedSession(
            session.SessionId.ToString(),
            session.ExpiresDate,
            Convert.ToBase64String(sealedToken),
            encryptedKey is null ? null : Convert.ToBase64String(encryptedKey),
            Convert.ToBase64String(signature));
    }

    private TokenClaims ClaimsOf(NewSession session, DateTimeOffset now) => new()
    {
        Issuer = issuer.Value,
        Subject = session.Proof.UserGuid.ToString(),
        Audience = issuer.Value,
        Timecode = now.ToUnixTimeSeconds(),
        NotBefore = now,
        ExpiresDate = session.ExpiresDate,
        Session = session.SessionId,
    };
}

/// <summary>A session, and what only the other side of its handshake can open.</summary>
/// <param name="SessionId">The session's name: 32 lower-case hex digits.</param>
/// <param name="ExpiresDate">When the session ends by itself; the token's <c>exp</c>.</param>
/// <param name="SealedToken">Base64 of the sealed token, which opens with the agreed key.</param>
/// <param name="EncryptedKey">Base64 of the agreed key under the user's RSA key; null with <c>ecdh</c>.</param>
/// <param name="ServerSignature">Base64 of the server's ES256 signature over the transcript and the sealed token, 64 bytes.</param>
public sealed record OpenedSession(
    string SessionId,
    DateTimeOffset ExpiresDate,
    string SealedToken,
    string? EncryptedKey,
    string ServerSignature);
