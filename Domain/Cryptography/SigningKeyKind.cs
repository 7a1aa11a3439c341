namespace Repository.Domain.Cryptography;

/// <summary>The kinds of public keys that signatures are verified with. The numbers stand in the database.</summary>
public enum SigningKeyKind
{
    Ed25519 = 1,

    /// <summary>A modulus of 2048 to 8192 bits.</summary>
    Rsa = 2,

    /// <summary>ECDSA on NIST's P-256, named secp256r1 and prime256v1 too.</summary>
    P256 = 3,
}
