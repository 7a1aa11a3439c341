using Repository.Domain.Cryptography;
using Repository.Domain.Encoding;

namespace Repository.Domain.Users;

/// <summary>
/// A signing key that a user has or had. One that was replaced still verifies what it signed, unless it was revoked; no user ever
/// has the same key twice.
/// </summary>
public sealed class UserKey
{
    /// <summary>
    /// How many keys of a user may verify at once, the present one included: a wrong signature is compared with each of them, for anybody
    /// who asks.
    /// </summary>
    public const int MaxUnrevoked = 64;

    private UserKey(HashIdentifier userGuid, byte[] keyHash, SigningKeyKind kind, byte[] spki, DateTimeOffset addedDate)
    {
        UserGuid = userGuid;
        KeyHash = keyHash;
        Kind = kind;
        Spki = spki;
        AddedDate = addedDate;
    }

    public HashIdentifier UserGuid { get; }

    /// <summary>SHA-256 of <see cref="Spki"/>.</summary>
    public byte[] KeyHash { get; }

    public SigningKeyKind Kind { get; }

    /// <summary>The public key as DER, in its one spelling.</summary>
    public byte[] Spki { get; }

    public DateTimeOffset AddedDate { get; }

    /// <summary>When another took its place; null of the present one.</summary>
    public DateTimeOffset? ReplacedDate { get; private set; }

    /// <summary>When it was revoked: from then on nothing that it ever signed is valid.</summary>
    public DateTimeOffset? RevokedDate { get; private set; }

    /// <summary>The key to verify with.</summary>
    public SigningPublicKey Load() => SigningPublicKey.Load(Kind, Spki);
}
