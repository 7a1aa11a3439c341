using Repository.Domain.Encoding;

namespace Repository.Domain.Users;

/// <summary>
/// Somebody who signs: an issuer of capabilities, a holder of them, a member of rooms. Known by a hash and by public keys, and by
/// nothing else.
/// </summary>
public sealed class User
{
    private User(HashIdentifier userGuid, byte[] keyHash, byte[]? sealingKey, DateTimeOffset registeredDate)
    {
        UserGuid = userGuid;
        KeyHash = keyHash;
        SealingKey = sealingKey;
        RegisteredDate = registeredDate;
        State = UserState.Enabled;
    }

    public HashIdentifier UserGuid { get; }

    public UserState State { get; private set; }

    /// <summary>Which of the user's <see cref="UserKey"/>s is the present one: SHA-256 of its SPKI.</summary>
    public byte[] KeyHash { get; private set; }

    /// <summary>The SPKI of the X25519 key to seal to; null where the user has none.</summary>
    public byte[]? SealingKey { get; private set; }

    public DateTimeOffset RegisteredDate { get; }
}
