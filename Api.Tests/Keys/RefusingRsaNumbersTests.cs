using System.Formats.Asn1;
using System.Numerics;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Keys;

/// <summary>RSA keys that are too weak, that are none, or that take too long, on both sides of each limit; and DER that is not strict.</summary>
public sealed class RefusingRsaNumbersTests
{
    private static readonly BigInteger Modulus = SigningKeys.Odd(2048);

    [Fact]
    public void A_modulus_under_2048_or_over_8192_bits_is_refused()
    {
        Assert.False(IsTaken(SigningKeys.Odd(2047), 65537));
        Assert.True(IsTaken(SigningKeys.Odd(2048), 65537));
        Assert.True(IsTaken(SigningKeys.Odd(8192), 65537));
        Assert.False(IsTaken(SigningKeys.Odd(8193), 65537));
    }

    [Fact]
    public void A_modulus_that_is_even_or_not_positive_is_refused()
    {
        Assert.False(IsTaken(Modulus + 1, 65537));
        Assert.False(IsTaken(-Modulus, 65537));
        Assert.False(IsTaken(0, 65537));
        Assert.False(IsTaken(1, 65537));
    }

    [Fact]
    public void An_exponent_that_is_not_odd_and_at_least_3_and_at_most_256_bits_is_refused()
    {
        Assert.All(new BigInteger[] { 3, 5, 17, 65537, SigningKeys.Odd(64), SigningKeys.Odd(65), SigningKeys.Odd(256) }, exponent => Assert.True(IsTaken(Modulus, exponent)));
        Assert.All(
            new BigInteger[] { 0, 1, 2, 4, 65536, -1, -3, -65537, SigningKeys.Odd(257), Modulus - 2, Modulus - 1, Modulus, Modulus + 2, SigningKeys.Odd(4096) },
            exponent => Assert.False(IsTaken(Modulus, exponent)));
    }

    /// <summary>OpenSSL verifies nothing with such a key: it could sign no proof that anybody believes.</summary>
    [Fact]
    public void An_exponent_over_64_bits_is_refused_when_the_modulus_has_over_3072()
    {
        Assert.True(IsTaken(SigningKeys.Odd(3072), SigningKeys.Odd(65)));
        Assert.True(IsTaken(SigningKeys.Odd(3072), SigningKeys.Odd(256)));
        Assert.True(IsTaken(SigningKeys.Odd(3073), SigningKeys.Odd(64)));
        Assert.False(IsTaken(SigningKeys.Odd(3073), SigningKeys.Odd(65)));
        Assert.False(IsTaken(SigningKeys.Odd(8192), SigningKeys.Odd(65)));
    }

    [Fact]
    public void Other_parameters_than_none_and_NULL_are_refused()
    {
        var pkcs1 = SigningKeys.RsaPkcs1(Modulus, 65537);

        Assert.True(SigningKeys.IsTaken(SigningKeys.RsaSpki(pkcs1)));
        Assert.True(SigningKeys.IsTaken(SigningKeys.RsaSpki(pkcs1, _ => { })));
        Assert.False(SigningKeys.IsTaken(SigningKeys.RsaSpki(pkcs1, writer => writer.WriteInteger(0))));
        Assert.False(SigningKeys.IsTaken(SigningKeys.RsaSpki(pkcs1, writer => writer.WriteEncodedValue([0x30, 0]))));
        Assert.False(SigningKeys.IsTaken(SigningKeys.RsaSpki(pkcs1, Twice)));

        static void Twice(AsnWriter writer)
        {
            writer.WriteNull();
            writer.WriteNull();
        }
    }

    [Fact]
    public void DER_that_is_not_strict_is_refused()
    {
        var pkcs1 = SigningKeys.RsaPkcs1(Modulus, 65537);
        byte[] numbers = pkcs1[4..];
        Assert.True(SigningPublicKey.TryParsePem(OpenSslKeys.Pem("RSA PUBLIC KEY", pkcs1), out _));

        Assert.All(
            new byte[][]
            {
                [.. pkcs1, 0], // Bytes after the end.
                [0x30, 0x83, 0x00, .. pkcs1[2..]], // A length in three bytes that fits two.
                [0x30, 0x80, .. numbers, 0, 0], // A length that is not said.
                [0x30, 0x82, .. Length(numbers.Length + 1), 0x02, 0x82, .. Length(258), 0, .. numbers[4..]], // A zero before the zero.
                [0x30, 0x82, .. Length(numbers.Length + 2), .. numbers, 0x05, 0x00], // A third thing.
                [0x30, 0x82, .. Length(numbers.Length + 3), .. numbers, 0x02, 0x01, 0x03], // A third number.
                [0x30, 0x82, .. Length(numbers.Length - 5), .. numbers[..^5]], // No exponent.
                [0x31, .. pkcs1[1..]], // A set.
                numbers,
            },
            der =>
            {
                Assert.False(SigningPublicKey.TryParsePem(OpenSslKeys.Pem("RSA PUBLIC KEY", der), out _));
                Assert.False(SigningPublicKey.TryParsePem(OpenSslKeys.Pem(string.Empty, der), out _));
                Assert.False(SigningKeys.IsTaken(SigningKeys.RsaSpki(der)));
            });
    }

    /// <summary>Unused bits are zero in DER, so the exponent, which ends the bytes, would be even.</summary>
    [Fact]
    public void A_bit_string_that_is_not_whole_bytes_is_refused()
    {
        var spki = SigningKeys.RsaSpki(Modulus, SigningKeys.Odd(32));
        var unusedBits = spki.AsSpan().IndexOf((byte[])[0x00, 0x30, 0x82]);
        Assert.True(SigningKeys.IsTaken(spki));

        spki[unusedBits] = 1;
        Assert.False(SigningKeys.IsTaken(spki));
        spki[^1] = 0;
        Assert.False(SigningKeys.IsTaken(spki));
    }

    private static bool IsTaken(BigInteger modulus, BigInteger exponent)
    {
        var taken = SigningKeys.IsTaken(SigningKeys.RsaSpki(modulus, exponent));

        Assert.Equal(taken, SigningPublicKey.TryParsePem(OpenSslKeys.Pem("RSA PUBLIC KEY", SigningKeys.RsaPkcs1(modulus, exponent)), out _));
        Assert.Equal(taken, SigningPublicKey.TryParsePem(OpenSslKeys.Pem(string.Empty, SigningKeys.RsaPkcs1(modulus, exponent)), out _));
        return taken;
    }

    private static byte[] Length(int length) => [(byte)(length >> 8), (byte)(length & 0xff)];
}
