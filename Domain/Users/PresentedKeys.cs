using System.Diagnostics.CodeAnalysis;
using Repository.Domain.Cryptography;

namespace Repository.Domain.Users;

/// <summary>The public keys that a user presents to be known by: well-formed, and not yet proven to be its own.</summary>
/// <param name="Signing">What its signatures are to be verified with.</param>
/// <param name="Sealing">What others are to seal to; null where there is none.</param>
public sealed record PresentedKeys(SigningPublicKey Signing, SealingPublicKey? Sealing)
{
    /// <summary>Reads a stranger's PEM; false where either text is no key of a kind that is taken.</summary>
    public static bool TryParsePem(string publicKey, string? sealingKey, [NotNullWhen(true)] out PresentedKeys? keys)
    {
        SealingPublicKey? sealing = null;
        keys = SigningPublicKey.TryParsePem(publicKey, out var signing) && (sealingKey is null || SealingPublicKey.TryParsePem(sealingKey, out sealing))
            ? new PresentedKeys(signing, sealing)
            : null;
        return keys is not null;
    }
}
