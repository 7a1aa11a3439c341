using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Keys;

/// <summary>ES256: r ‖ s and nothing else.</summary>
public sealed class EcdsaSignatureTests
{
    private static readonly SigningPublicKey Key = SigningKeys.Parse(OpenSslKeys.P256Compressed);

    private static readonly BigInteger Order = BigInteger.Parse(
        "0ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
        NumberStyles.AllowHexSpecifier,
        CultureInfo.InvariantCulture);

    [Fact]
    public void A_signature_of_OpenSSL_verifies()
    {
        Assert.True(Verifies(OpenSslSignatures.ES256));
        Assert.True(SigningKeys.Parse(OpenSslKeys.P256).Verifies(SignatureAlgorithm.ES256, OpenSslSignatures.Data, OpenSslSignatures.ES256));
        Assert.False(Key.Verifies(SignatureAlgorithm.ES256, [.. OpenSslSignatures.Data, 0], OpenSslSignatures.ES256));
    }

    [Fact]
    public void The_same_signature_in_DER_is_refused() => Assert.False(Verifies(OpenSslSignatures.EcdsaDer));

    [Fact]
    public void A_signature_with_any_bit_flipped_is_refused()
    {
        var signature = OpenSslSignatures.ES256.ToArray();
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
        Assert.All(Enumerable.Range(0, 64), length => Assert.False(Verifies(OpenSslSignatures.ES256.AsSpan(0, length))));
        Assert.False(Verifies([.. OpenSslSignatures.ES256, 0]));
        Assert.False(Verifies([0, .. OpenSslSignatures.ES256]));
        Assert.False(Verifies([.. OpenSslSignatures.ES256, .. OpenSslSignatures.ES256]));
    }

    /// <summary>r = s = 0 was everyone's signature of everything in Java 15 to 18 (CVE-2022-21449).</summary>
    [Fact]
    public void Numbers_outside_the_group_are_refused()
    {
        BigInteger[] outside = [0, Order, Order + 1, BigInteger.Pow(2, 256) - 1];
        var genuine = OpenSslSignatures.ES256;

        Assert.All(outside, r => Assert.All(outside, s => Assert.False(Verifies([.. Bytes(r), .. Bytes(s)]))));
        Assert.All(outside, number =>
        {
            Assert.False(Verifies([.. Bytes(number), .. genuine[32..]]));
            Assert.False(Verifies([.. genuine[..32], .. Bytes(number)]));
            Assert.False(Verifies([.. Bytes(number), .. Bytes(1)]));
            Assert.False(Verifies([.. Bytes(1), .. Bytes(number)]));
        });
    }

    [Theory]
    [InlineData(SignatureAlgorithm.EdDSA)]
    [InlineData(SignatureAlgorithm.RS256)]
    [InlineData(SignatureAlgorithm.PS256)]
    [InlineData((SignatureAlgorithm)5)]
    public void No_other_algorithm_fits(SignatureAlgorithm algorithm)
    {
        Assert.False(Key.Fits(algorithm));
        Assert.False(Key.Verifies(algorithm, OpenSslSignatures.Data, OpenSslSignatures.ES256));
        Assert.Equal(SignatureAlgorithm.ES256, Key.ProofAlgorithm);
        Assert.True(Key.Fits(Key.ProofAlgorithm));
    }

    [Fact]
    public void A_generated_key_verifies_its_own_signatures_only()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var loaded = SigningPublicKey.Load(SigningKeyKind.P256, ecdsa.ExportSubjectPublicKeyInfo());
        var signature = ecdsa.SignData(OpenSslSignatures.Data, HashAlgorithmName.SHA256);

        Assert.True(loaded.Verifies(SignatureAlgorithm.ES256, OpenSslSignatures.Data, signature));
        Assert.False(Verifies(signature));
        Assert.False(loaded.Verifies(
            SignatureAlgorithm.ES256, OpenSslSignatures.Data, ecdsa.SignData(OpenSslSignatures.Data, HashAlgorithmName.SHA384)));
    }

    private static bool Verifies(ReadOnlySpan<byte> signature) => Key.Verifies(SignatureAlgorithm.ES256, OpenSslSignatures.Data, signature);

    private static byte[] Bytes(BigInteger number)
    {
        var digits = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - digits.Length], .. digits];
    }
}
