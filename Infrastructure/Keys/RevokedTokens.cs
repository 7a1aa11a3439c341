using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Keys;

/// <summary>The tokens that were revoked, read at every use, so that a revocation counts at every node at once.</summary>
internal sealed class RevokedTokens(Database database)
{
    private static readonly Statement Select = new("SELECT 1 FROM revoked_tokens WHERE token_id_hash = $1");

    private static readonly Statement Insert =
        new("INSERT INTO revoked_tokens (token_id_hash, expires_date) VALUES ($1, $2) ON CONFLICT (token_id_hash) DO NOTHING");

    /// <summary>Revokes a token until its end; false when it is revoked already.</summary>
    public static async ValueTask<bool> AddAsync(WriteTransaction transaction, VerifiedToken token, CancellationToken ct) =>
        await transaction.ExecuteAsync(
            Insert,
            [SqlValue.Of(token.TokenIdHash), SqlValue.Of(DateTimeOffset.FromUnixTimeSeconds(token.Expires))],
            ct) == 1;

    public async ValueTask<bool> ContainsAsync(VerifiedToken token, CancellationToken ct) =>
        await database.QueryAsync(Select, [SqlValue.Of(token.TokenIdHash)], ct) is [_, ..];
}
