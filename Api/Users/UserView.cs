using Microsoft.EntityFrameworkCore;
using Repository.Domain.Cryptography;
using Repository.Domain.Encoding;
using Repository.Domain.Users;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Users;

/// <summary>A user, as anyone may know it. Keys are PEM of a SubjectPublicKeyInfo, however they were spelt when they came in.</summary>
/// <param name="UserGuid">Its name.</param>
/// <param name="State">0 disabled, 1 enabled.</param>
/// <param name="PublicKey">What its signatures are verified with: Ed25519, RSA or EC P-256.</param>
/// <param name="SealingKey">The X25519 key that others seal to; null where it has none.</param>
/// <param name="RegisteredDate">When it was registered.</param>
public sealed record UserView(string UserGuid, int State, string PublicKey, string? SealingKey, DateTimeOffset RegisteredDate)
{
    internal static UserView Of(UserWithKey known) => new(
        known.User.UserGuid.ToString(),
        (int)known.User.State,
        known.Key.Load().ToPem(),
        known.User.SealingKey is { } sealing ? SealingPublicKey.Load(sealing).ToPem() : null,
        known.User.RegisteredDate);

    /// <summary>An enabled user that has these keys from now on.</summary>
    internal static UserView Of(HashIdentifier userGuid, PresentedKeys keys, DateTimeOffset registeredDate) =>
        new(userGuid.ToString(), (int)UserState.Enabled, keys.Signing.ToPem(), keys.Sealing?.ToPem(), registeredDate);
}

/// <summary>A user and its present key, as they were at one moment.</summary>
internal sealed record UserWithKey(User User, UserKey Key)
{
    /// <returns>Null when there is no such user.</returns>
    public static Task<UserWithKey?> FindAsync(RepositoryDbContext db, HashIdentifier userGuid, CancellationToken ct) =>
        (from user in db.Users
         where user.UserGuid == userGuid
         join key in db.UserKeys on new { user.UserGuid, user.KeyHash } equals new { key.UserGuid, key.KeyHash }
         select new UserWithKey(user, key)).SingleOrDefaultAsync(ct);
}
