using System.Security.Cryptography;
using Repository.Domain.Cryptography;
using Repository.Domain.Encoding;

namespace Repository.Domain.Users;

/// <summary>
/// What is signed to prove that the private keys of presented public keys are at hand (design/formats.md, Public keys).
/// <code>
/// proof := label (ASCII) | 0 | userGuid (32 or 64, ASCII) | 0 | SHA-256 of the signing key's SPKI (32) | SHA-256 of the sealing key's SPKI, or zeros (32)
/// </code>
/// The guid stops a proof from serving another user, the label a registration's from serving a rotation. The sealing key proves nothing of
/// itself, since nothing can be signed with it: here the signing key vouches for it.
/// </summary>
public sealed class KeyProof
{
    /// <summary>In bytes: the longest signature, of an RSA key of 8192 bits.</summary>
    public const int MaxSize = 1024;

    private readonly byte[] _signed;

    private KeyProof(string label, HashIdentifier userGuid, PresentedKeys keys) => _signed =
    [
        .. System.Text.Encoding.ASCII.GetBytes($"{label}\0{userGuid}\0"),
        .. keys.Signing.Hash,
        .. keys.Sealing?.Hash ?? new byte[SHA256.HashSizeInBytes],
    ];

    /// <summary>Signed by the presented key.</summary>
    public static KeyProof ForRegistration(HashIdentifier userGuid, PresentedKeys keys) => new("repository-user-v1", userGuid, keys);

    /// <summary>Signed by the presented key and by the one that it is to replace.</summary>
    public static KeyProof ForRotation(HashIdentifier userGuid, PresentedKeys keys) => new("repository-rotate-v1", userGuid, keys);

    /// <summary>Whether the holder of this key signed it, with the one algorithm that proofs by such a key have.</summary>
    public bool IsSignedBy(SigningPublicKey key, ReadOnlySpan<byte> signature) => key.Verifies(key.ProofAlgorithm, _signed, signature);
}
