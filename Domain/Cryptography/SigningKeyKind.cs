namespace Repository.Domain.Cryptography;

/// <summary>The kinds of key that may sign (design/formats.md, Public keys); the numbers are those of the table.</summary>
public enum SigningKeyKind
{
    Ed25519 = 1,

    /// <summary>2048 to 8192 bits.</summary>
    Rsa = 2,

    P256 = 3,
}
