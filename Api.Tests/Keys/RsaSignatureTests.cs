using System.Numerics;
using System.Security.Cryptography;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Keys;

/// <summary>RS256 and PS256, by OpenSSL's signatures and by the base library's.</summary>
public sealed class RsaSignatureTests
{
    private static readonly SigningPublicKey Key = SigningKeys.Parse(OpenSslKeys.Rsa2048);

    public static TheoryData<SignatureAlgorithm, byte[]> Genuine => new()
    {
        { SignatureAlgorithm.RS256, OpenSslSignatures.RS256 },
        { SignatureAlgorithm.PS256, OpenSslSignatures.PS256 },
    };

    [Theory]
    [MemberData(nameof(Genuine))]
    public void A_signature_of_OpenSSL_verifies(SignatureAlgorithm algorithm, byte[] signature)
    {
        Assert.True(Verifies(algorithm, signature));
        Assert.False(Key.Verifies(algorithm, [.. OpenSslSignatures.Data, 0], signature));
        Assert.False(Key.Verifies(algorithm, [], signature));
    }

    [Fact]
    public void A_key_with_the_exponent_3_verifies() => Assert.True(
        SigningKeys.Parse(OpenSslKeys.Rsa2048Exponent3).Verifies(SignatureAlgorithm.RS256, OpenSslSignatures.Data, OpenSslSignatures.RS256Exponent3));

    [Theory]
    [MemberData(nameof(Genuine))]
    public void A_signature_under_the_other_algorithm_is_refused(SignatureAlgorithm algorithm, byte[] signature)
    {
        Assert.False(Verifies(algorithm == SignatureAlgorithm.RS256 ? SignatureAlgorithm.PS256 : SignatureAlgorithm.RS256, signature));
        Assert.False(Verifies(SignatureAlgorithm.EdDSA, signature));
        Assert.False(Verifies(SignatureAlgorithm.ES256, signature));
        Assert.False(Verifies((SignatureAlgorithm)0, signature));
    }

    [Fact]
    public void RS256_and_PS256_fit_and_RS256_is_for_proofs()
    {
        Assert.Equal(
            [SignatureAlgorithm.RS256, SignatureAlgorithm.PS256],
            Enum.GetValues<SignatureAlgorithm>().Where(Key.Fits));
        Assert.Equal(SignatureAlgorithm.RS256, Key.ProofAlgorithm);
    }

    [Theory]
    [MemberData(nameof(Genuine))]
    public void A_signature_with_any_byte_changed_is_refused(SignatureAlgorithm algorithm, byte[] signature)
    {
        var changed = signature.ToArray();
        for (var i = 0; i < changed.Length; i++)
        {
            foreach (var change in (byte[])[1, 0x80, 0xff])
            {
                changed[i] ^= change;
                Assert.False(Verifies(algorithm, changed));
                changed[i] ^= change;
            }
        }

        Assert.True(Verifies(algorithm, changed));
    }

    [Theory]
    [MemberData(nameof(Genuine))]
    public void A_signature_of_another_length_is_refused(SignatureAlgorithm algorithm, byte[] signature)
    {
        Assert.All(Enumerable.Range(0, signature.Length), length => Assert.False(Verifies(algorithm, signature.AsSpan(0, length))));
        Assert.False(Verifies(algorithm, [.. signature, 0]));
        Assert.False(Verifies(algorithm, [0, .. signature]));
        Assert.False(Verifies(algorithm, [.. signature, .. signature]));
    }

    /// <summary>RFC 8017, section 5.2.2, step 1: s + n is s again, and would be a second signature made from the first.</summary>
    [Fact]
    public void A_signature_with_the_modulus_added_is_refused()
    {
        var modulus = new BigInteger(OpenSslKeys.Der(OpenSslKeys.Rsa2048Pkcs1).AsSpan(9, 256), isUnsigned: true, isBigEndian: true);
        var s = new BigInteger(OpenSslSignatures.RS256Small, isUnsigned: true, isBigEndian: true);

        Assert.True(Key.Verifies(SignatureAlgorithm.RS256, OpenSslSignatures.SmallData, OpenSslSignatures.RS256Small));
        Assert.False(Key.Verifies(SignatureAlgorithm.RS256, OpenSslSignatures.SmallData, (s + modulus).ToByteArray(isUnsigned: true, isBigEndian: true)));
    }

    /// <summary>Zero, one, and numbers that are not below the modulus, itself among them.</summary>
    [Fact]
    public void A_signature_that_is_no_residue_is_refused() => Assert.All([SignatureAlgorithm.RS256, SignatureAlgorithm.PS256], algorithm =>
    {
        Assert.False(Verifies(algorithm, new byte[256]));
        Assert.False(Verifies(algorithm, [.. new byte[255], 1]));
        Assert.False(Verifies(algorithm, [.. Enumerable.Repeat(byte.MaxValue, 256)]));
        Assert.False(Verifies(algorithm, OpenSslKeys.Der(OpenSslKeys.Rsa2048Pkcs1).AsSpan(9, 256)));
    });

    [Fact]
    public void A_salt_of_another_length_is_refused()
    {
        Assert.False(Verifies(SignatureAlgorithm.PS256, OpenSslSignatures.PssSalt20));
        Assert.False(Verifies(SignatureAlgorithm.PS256, OpenSslSignatures.PssSalt0));
    }

    [Fact]
    public void Another_hash_is_refused()
    {
        Assert.False(Verifies(SignatureAlgorithm.RS256, OpenSslSignatures.RsaSha1));
        Assert.False(Verifies(SignatureAlgorithm.RS256, OpenSslSignatures.RsaSha512));
    }

    [Theory]
    [InlineData(2048)]
    [InlineData(2056)]
    [InlineData(3072)]
    public void A_generated_key_verifies_its_own_signatures_only(int bits)
    {
        using var rsa = RSA.Create(bits);
        var key = SigningKeys.Parse(rsa.ExportRSAPublicKeyPem());
        var loaded = SigningPublicKey.Load(SigningKeyKind.Rsa, rsa.ExportSubjectPublicKeyInfo());
        var pkcs1 = rsa.SignData(OpenSslSignatures.Data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var pss = rsa.SignData(OpenSslSignatures.Data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);

        Assert.Equal(loaded.Hash, key.Hash);
        Assert.All([key, loaded], either =>
        {
            Assert.True(either.Verifies(SignatureAlgorithm.RS256, OpenSslSignatures.Data, pkcs1));
            Assert.True(either.Verifies(SignatureAlgorithm.PS256, OpenSslSignatures.Data, pss));
            Assert.False(either.Verifies(SignatureAlgorithm.PS256, OpenSslSignatures.Data, pkcs1));
            Assert.False(either.Verifies(SignatureAlgorithm.RS256, OpenSslSignatures.Data, pss));
        });
        Assert.False(Verifies(SignatureAlgorithm.RS256, pkcs1));
    }

    private static bool Verifies(SignatureAlgorithm algorithm, ReadOnlySpan<byte> signature) => Key.Verifies(algorithm, OpenSslSignatures.Data, signature);
}
