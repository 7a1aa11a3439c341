using Repository.Domain.Cryptography;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Users;

/// <summary>The rows of users' keys.</summary>
internal static class UserKeyRows
{
    private static readonly Statement Insert = new(
        """
        INSERT INTO user_keys (user_guid, key_hash, kind, spki, added_date) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (user_guid, key_hash) DO NOTHING
        """);

    /// <summary>Gives a user a key; false when it has, or had, this one already.</summary>
    public static async ValueTask<bool> AddKeyAsync(
        this WriteTransaction transaction,
        HashIdentifier userGuid,
        SigningPublicKey key,
        DateTimeOffset date,
        CancellationToken ct) =>
        await transaction.ExecuteAsync(
            Insert,
            [
                SqlValue.Of(userGuid),
                SqlValue.Of(key.Hash),
                SqlValue.Of((long)key.Kind),
                SqlValue.Of(key.Spki.ToArray()),
                SqlValue.Of(date),
            ],
            ct) == 1;
}
