using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Cluster;

/// <summary>The join tokens that nobody has used yet. Only hashes are kept.</summary>
internal static class JoinTokens
{
    private static readonly Statement Select = new("SELECT 1 FROM join_tokens WHERE token_hash = $1 AND expires_date > $2");

    private static readonly Statement Insert = new("INSERT INTO join_tokens (token_hash, expires_date) VALUES ($1, $2)");

    private static readonly Statement Delete = new("DELETE FROM join_tokens WHERE token_hash = $1 AND expires_date > $2");

    private static readonly Statement DeleteExpired = new("DELETE FROM join_tokens WHERE expires_date <= $1");

    /// <summary>What the audit log calls a token: the first 16 digits of its hash, from which nobody finds the token.</summary>
    public static string NameOf(byte[] hash) => Convert.ToHexStringLower(hash.AsSpan(0, 8));

    /// <summary>Keeps a new token, and forgets those that expired: an administrator makes each by hand, so there are few.</summary>
    public static async ValueTask AddJoinTokenAsync(
        this WriteTransaction transaction,
        byte[] hash,
        DateTimeOffset now,
        DateTimeOffset expiresDate,
        CancellationToken ct)
    {
        await transaction.ExecuteAsync(DeleteExpired, [SqlValue.Of(now)], ct);
        await transaction.ExecuteAsync(Insert, [SqlValue.Of(hash), SqlValue.Of(expiresDate)], ct);
    }

    /// <summary>Whether a token can be used now.</summary>
    public static async ValueTask<bool> HasJoinTokenAsync(this IStatementReader reader, byte[] hash, DateTimeOffset now, CancellationToken ct) =>
        await reader.QueryAsync(Select, [SqlValue.Of(hash), SqlValue.Of(now)], ct) is [_];

    /// <summary>Uses a token up: of all who try, one succeeds.</summary>
    public static async ValueTask<bool> UseJoinTokenAsync(this WriteTransaction transaction, byte[] hash, DateTimeOffset now, CancellationToken ct) =>
        await transaction.ExecuteAsync(Delete, [SqlValue.Of(hash), SqlValue.Of(now)], ct) == 1;
}
