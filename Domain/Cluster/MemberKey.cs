using System.Diagnostics.CodeAnalysis;
using Repository.Domain.Cryptography;

namespace Repository.Domain.Cluster;

/// <summary>
/// One of the two public keys of a member of a cluster, <c>ck</c> or <c>sk</c>: RSA of 2048 or 3072 bits (design/formats.md, Cluster).
/// However it was spelt when it came in, the same key has the same <see cref="Spki"/>.
/// </summary>
public sealed class MemberKey
{
    private readonly SigningPublicKey _key;

    private MemberKey(SigningPublicKey key) => _key = key;

    /// <summary>The DER of the SubjectPublicKeyInfo in its one spelling.</summary>
    public ReadOnlySpan<byte> Spki => _key.Spki;

    /// <summary>In bytes: how long each of its signatures is, and what is encrypted to it.</summary>
    public int ModulusSize => _key.SignatureLength;

    /// <summary>The id of the member whose <c>sk</c> this is, unless it has one of its own choice.</summary>
    public NodeId NodeId => NodeId.Load(_key.Hash);

    /// <summary>Reads a stranger's PEM. Anything but one well-formed RSA key of an accepted size is false.</summary>
    public static bool TryParsePem(string? text, [NotNullWhen(true)] out MemberKey? key)
    {
        key = SigningPublicKey.TryParsePem(text, out var read) && read is RsaPublicKey { ModulusBits: 2048 or 3072 } ? new MemberKey(read) : null;
        return key is not null;
    }

    /// <summary>Restores a key that <see cref="TryParsePem"/> accepted and this server stored.</summary>
    /// <exception cref="ArgumentException">The bytes are not the stored form of such a key.</exception>
    public static MemberKey Load(ReadOnlySpan<byte> spki) => new(SigningPublicKey.Load(SigningKeyKind.Rsa, spki));

    /// <summary>PEM of the SubjectPublicKeyInfo.</summary>
    public string ToPem() => _key.ToPem();

    /// <summary>Whether the holder of this key signed the data with RS256. A signature of another length is false.</summary>
    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => _key.Verifies(SignatureAlgorithm.RS256, data, signature);

    /// <summary>Encrypts a secret for the holder of this key with RSA-OAEP: SHA-256, MGF1 with SHA-256, empty label.</summary>
    public byte[] Encrypt(ReadOnlySpan<byte> secret) =>
        _key.EncryptOaep(secret) ?? throw new InvalidOperationException("An RSA key encrypts.");
}
