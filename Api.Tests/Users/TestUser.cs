using System.Security.Cryptography;
using System.Text;
using Repository.Api.Tests.Cryptography;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Users;

/// <summary>A user with its keys, as its own program knows it.</summary>
/// <param name="Guid">Its name.</param>
/// <param name="Key">The pair that it signs with.</param>
/// <param name="SealingKey">The pair that others seal to; null where it has none.</param>
internal sealed record TestUser(string Guid, TestKey Key, TestSealingKey? SealingKey = null)
{
    private static readonly byte[] NoSealingKey = new byte[SHA256.HashSizeInBytes];

    public string PublicKeyPem => Key.Pem;

    public string RegistrationProof => Convert.ToBase64String(Key.Sign(ProofBytes("repository-user-v1")));

    public static TestUser Make(SigningKeyKind kind = SigningKeyKind.Ed25519) => new(NewGuid(), TestKey.Make(kind));

    public static string NewGuid() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public byte[] Sign(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data) => Key.Sign(algorithm, data);

    /// <summary>The bytes of a proof of possession of this user's keys, as formats.md says.</summary>
    public byte[] ProofBytes(string label) =>
        [.. Encoding.ASCII.GetBytes($"{label}\0{Guid}\0"), .. Key.Hash, .. SealingKey?.Hash ?? NoSealingKey];

    /// <summary>The same user after a rotation that this rotation's proofs are for.</summary>
    public TestUser With(TestKey key, TestSealingKey? sealingKey = null) => new(Guid, key, sealingKey);

    /// <summary>A proof for the rotation to this user's keys, signed by one of the two pairs.</summary>
    public string RotationProof(TestKey signer) => Convert.ToBase64String(signer.Sign(ProofBytes("repository-rotate-v1")));
}
