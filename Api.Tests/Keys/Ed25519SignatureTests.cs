using System.Numerics;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Keys;

/// <summary>RFC 8032, and what Wycheproof tries on verifiers.</summary>
public sealed class Ed25519SignatureTests
{
    private const string BasePoint = "5866666666666666666666666666666666666666666666666666666666666666";

    /// <summary>The order of the group, RFC 8032, section 5.1.</summary>
    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", provider: null);

    private static readonly SigningPublicKey Key = SigningKeys.Parse(OpenSslKeys.Ed25519);

    [Theory]
    [MemberData(nameof(Ed25519Vectors.All), MemberType = typeof(Ed25519Vectors))]
    public void The_published_vectors_verify(string point, string message, string signature)
    {
        var key = SigningKeys.Parse(OpenSslKeys.Pem("PUBLIC KEY", SigningKeys.Ed25519Spki(Convert.FromHexString(point))));

        Assert.True(key.Verifies(SignatureAlgorithm.EdDSA, Convert.FromHexString(message), Convert.FromHexString(signature)));
        Assert.False(key.Verifies(SignatureAlgorithm.EdDSA, [.. Convert.FromHexString(message), 0], Convert.FromHexString(signature)));
    }

    [Fact]
    public void A_signature_of_OpenSSL_verifies() => Assert.True(Verifies(OpenSslSignatures.Ed25519));

    [Fact]
    public void A_signature_with_any_bit_flipped_is_refused()
    {
        var signature = OpenSslSignatures.Ed25519.ToArray();
        for (var bit = 0; bit < signature.Length * 8; bit++)
        {
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Verifies(signature));
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(Verifies(signature));
    }

    [Fact]
    public void A_signature_of_another_length_is_refused()
    {
        Assert.All(Enumerable.Range(0, 64), length => Assert.False(Verifies(OpenSslSignatures.Ed25519.AsSpan(0, length))));
        Assert.False(Verifies([.. OpenSslSignatures.Ed25519, 0]));
        Assert.False(Verifies([.. OpenSslSignatures.Ed25519, .. OpenSslSignatures.Ed25519]));
    }

    /// <summary>s + L gives the same point: without the check anyone could make a second signature from the first.</summary>
    [Fact]
    public void A_signature_whose_s_is_not_below_the_order_is_refused()
    {
        var s = new BigInteger(OpenSslSignatures.Ed25519.AsSpan(32), isUnsigned: true);
        for (var larger = s + Order; larger.GetByteCount(isUnsigned: true) <= 32; larger += Order)
        {
            Assert.False(Verifies([.. OpenSslSignatures.Ed25519[..32], .. larger.ToByteArray(isUnsigned: true), .. new byte[32 - larger.GetByteCount(isUnsigned: true)]]));
        }
    }

    /// <summary>Under the neutral point (R = B, s = 1) would be everyone's signature of everything. Such a key comes in by no door; the library refuses it as well.</summary>
    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void A_stored_key_of_small_order_verifies_nothing(string point)
    {
        var key = SigningPublicKey.Load(SigningKeyKind.Ed25519, SigningKeys.Ed25519Spki(Convert.FromHexString(point)));

        Assert.False(key.Verifies(SignatureAlgorithm.EdDSA, OpenSslSignatures.Data, [.. Convert.FromHexString(BasePoint), 1, .. new byte[31]]));
        Assert.False(key.Verifies(SignatureAlgorithm.EdDSA, OpenSslSignatures.Data, new byte[64]));
    }

    [Theory]
    [InlineData(SignatureAlgorithm.RS256)]
    [InlineData(SignatureAlgorithm.PS256)]
    [InlineData(SignatureAlgorithm.ES256)]
    [InlineData((SignatureAlgorithm)0)]
    public void No_other_algorithm_fits(SignatureAlgorithm algorithm)
    {
        Assert.False(Key.Fits(algorithm));
        Assert.False(Key.Verifies(algorithm, OpenSslSignatures.Data, OpenSslSignatures.Ed25519));
        Assert.Equal(SignatureAlgorithm.EdDSA, Key.ProofAlgorithm);
        Assert.True(Key.Fits(Key.ProofAlgorithm));
    }

    [Fact]
    public void Verifying_allocates_nothing()
    {
        Assert.True(Verifies(OpenSslSignatures.Ed25519));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var verified = Verifies(OpenSslSignatures.Ed25519);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(verified);
    }

    private static bool Verifies(ReadOnlySpan<byte> signature) => Key.Verifies(SignatureAlgorithm.EdDSA, OpenSslSignatures.Data, signature);
}
