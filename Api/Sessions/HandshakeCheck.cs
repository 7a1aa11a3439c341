using System.Security.Cryptography;
using Repository.Domain.Cryptography;
using Repository.Domain.Encoding;
using Repository.Domain.Sessions;
using Repository.Domain.Users;
using Repository.Infrastructure.Sessions;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Sessions;

/// <summary>
/// Judges handshakes. Whatever is wrong with one, it takes the same steps in the same order and is judged at the end, so that neither the
/// answer nor the time it takes tells what it was.
/// </summary>
internal sealed class HandshakeCheck(SessionChallenges challenges, Database database)
{
    /// <summary>
    /// Finds a row and looks into every table also for a user that does not exist, who looks disabled and has the decoy's key: what it
    /// spared in that case was 3 % of a refusal.
    /// </summary>
    private static readonly Statement SelectUser = new(
        """
        SELECT COALESCE(u.state, 0), COALESCE(u.key_hash, $1), COALESCE(k.kind, $2), COALESCE(k.spki, $3),
               EXISTS (SELECT 1 FROM spent_challenges WHERE challenge_hash = $1)
        FROM (SELECT 1) AS always
        LEFT JOIN users u ON u.user_guid = $4
        LEFT JOIN user_keys k ON k.user_guid = $4 AND k.key_hash = COALESCE(u.key_hash, $1)
        """);

    /// <summary>
    /// Stands for the key of a user that does not exist: RFC 8032, 7.1, test 2. Its private half is printed there, which does no harm: who
    /// does not exist may open nothing, whatever verifies.
    /// </summary>
    private static readonly byte[] DecoySpki =
        Convert.FromHexString("302a300506032b65700321003d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");

    /// <returns>Null when anything is wrong with it.</returns>
    public async Task<ProvenHandshake?> ExecuteAsync(OpenSessionRequest request, CancellationToken ct)
    {
        var userGuid = HashIdentifier.Parse(request.UserGuid);
        var challenge = Convert.FromBase64String(request.Challenge);
        var challengeHash = SHA256.HashData(challenge);
        var isRsa = request.KeyAgreement is OpenSessionRequest.Rsa;
        var clientKey = isRsa ? null : Convert.FromBase64String(request.ClientPublicKey!);

        using var opened = challenges.Open(challenge, userGuid);
        var account = await FindAsync(userGuid, challengeHash, ct);
        var transcript = new SessionTranscript(userGuid, challengeHash, opened.Key.PublicKey, clientKey);
        var isSigned = transcript.IsSignedBy(account.Key, Convert.FromBase64String(request.Signature));
        var hasAgreed = opened.Key.TryAgree(clientKey ?? X25519PrivateKey.BasePoint, out var shared);
        try
        {
            var fits = !isRsa | account.Key.Kind == SigningKeyKind.Rsa;
            return opened.IsGood & account.MayOpen & isSigned & hasAgreed & fits
                ? new ProvenHandshake(isRsa ? SessionKey.Draw(transcript) : SessionKey.Derive(shared, transcript), transcript)
                {
                    UserGuid = userGuid,
                    KeyHash = account.KeyHash,
                    ChallengeHash = challengeHash,
                    ChallengeExpiresDate = opened.ExpiresDate,
                    Recipient = isRsa ? account.Key : null,
                }
                : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(shared);
        }
    }

    private async Task<Account> FindAsync(HashIdentifier userGuid, byte[] challengeHash, CancellationToken ct)
    {
        var rows = await database.QueryAsync(
            SelectUser,
            [SqlValue.Of(challengeHash), SqlValue.Of((long)SigningKeyKind.Ed25519), SqlValue.Of(DecoySpki), SqlValue.Of(userGuid)],
            ct);
        var row = rows[0];
        return new Account(
            SigningPublicKey.Load((SigningKeyKind)row.Number(2), row.Bytes(3)),
            row.Bytes(1),
            row.Number(0) == (long)UserState.Enabled & row.Number(4) == 0);
    }

    /// <param name="Key">What the signature must verify with.</param>
    /// <param name="KeyHash">Which of the user's keys it is.</param>
    /// <param name="MayOpen">Whether there is such a user, it is enabled, and the challenge is not spent.</param>
    private sealed record Account(SigningPublicKey Key, byte[] KeyHash, bool MayOpen);
}
