namespace Repository.Domain.Cryptography;

/// <summary>The signature algorithms of capability files and proofs, under their JOSE names (RFC 7518, 3.1; RFC 8037, 3.1).</summary>
public enum SignatureAlgorithm
{
    /// <summary>Ed25519 (RFC 8032): 64 bytes.</summary>
    EdDSA = 1,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256.</summary>
    RS256 = 2,

    /// <summary>RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes.</summary>
    PS256 = 3,

    /// <summary>ECDSA on P-256 with SHA-256: 64 bytes, r and s.</summary>
    ES256 = 4,
}
