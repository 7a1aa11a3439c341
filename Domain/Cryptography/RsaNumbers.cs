using System.Formats.Asn1;
using System.Numerics;

namespace Repository.Domain.Cryptography;

/// <summary>
/// The two numbers of an RSA public key and their DER.
/// <code>
/// spki  := SEQUENCE { SEQUENCE { rsaEncryption, NULL }, BIT STRING of pkcs1 }   (RFC 3279, section 2.3.1)
/// pkcs1 := SEQUENCE { INTEGER modulus, INTEGER exponent }                       (RFC 8017, appendix A.1.1)
/// </code>
/// </summary>
internal readonly record struct RsaNumbers(BigInteger Modulus, BigInteger Exponent)
{
    private const int MinModulusBits = 2048;
    private const int MaxModulusBits = 8192;

    /// <summary>OpenSSL verifies nothing with a larger exponent when the modulus has more than <see cref="MaxModulusBitsOfLargeExponent"/> (OPENSSL_RSA_MAX_PUBEXP_BITS).</summary>
    private const int MaxExponentBits = 64;

    /// <summary>OPENSSL_RSA_SMALL_MODULUS_BITS.</summary>
    private const int MaxModulusBitsOfLargeExponent = 3072;

    /// <summary>FIPS 186-5, A.1.1. An exponent as long as a modulus of 3072 bits would make each verification take 5 ms, a hundred times that of 65537.</summary>
    private const int MaxLargeExponentBits = 256;

    /// <summary>rsaEncryption (RFC 8017, appendix A). A key for RSASSA-PSS only has another identifier and is of another kind.</summary>
    private const string RsaEncryption = "1.2.840.113549.1.1.1";

    public int ModulusBits => (int)Modulus.GetBitLength();

    /// <summary>What a key must be at least; whether the modulus is the product of two primes nobody but its maker can tell.</summary>
    public bool AreAcceptable =>
        Modulus.Sign > 0
        && !Modulus.IsEven
        && ModulusBits is >= MinModulusBits and <= MaxModulusBits
        && Exponent >= 3
        && !Exponent.IsEven
        && Exponent < Modulus
        && Exponent.GetBitLength() <= (ModulusBits <= MaxModulusBitsOfLargeExponent ? MaxLargeExponentBits : MaxExponentBits);

    /// <summary>Reads strict DER. The parameters, which RFC 8017 wants to be NULL, may be missing, as some programs leave them out.</summary>
    public static RsaNumbers? FromSpki(ReadOnlyMemory<byte> der)
    {
        try
        {
            var spki = ReadOnlySequence(der);
            var algorithm = spki.ReadSequence();
            if (!string.Equals(algorithm.ReadObjectIdentifier(), RsaEncryption, StringComparison.Ordinal))
            {
                return null;
            }

            if (algorithm.HasData)
            {
                algorithm.ReadNull();
            }

            algorithm.ThrowIfNotEmpty();
            var pkcs1 = spki.ReadBitString(out var unusedBits);
            spki.ThrowIfNotEmpty();
            return unusedBits == 0 ? FromPkcs1(pkcs1) : null;
        }
        catch (AsnContentException)
        {
            // Not DER of this form. The reader has no other way to say so.
            return null;
        }
    }

    /// <summary>Reads strict DER.</summary>
    public static RsaNumbers? FromPkcs1(ReadOnlyMemory<byte> der)
    {
        try
        {
            var pkcs1 = ReadOnlySequence(der);
            var numbers = new RsaNumbers(pkcs1.ReadInteger(), pkcs1.ReadInteger());
            pkcs1.ThrowIfNotEmpty();
            return numbers;
        }
        catch (AsnContentException)
        {
            // Not DER of this form. The reader has no other way to say so.
            return null;
        }
    }

    /// <summary>The one spelling of this key.</summary>
    public byte[] ToSpki()
    {
        var pkcs1 = new AsnWriter(AsnEncodingRules.DER);
        using (pkcs1.PushSequence())
        {
            pkcs1.WriteInteger(Modulus);
            pkcs1.WriteInteger(Exponent);
        }

        var spki = new AsnWriter(AsnEncodingRules.DER);
        using (spki.PushSequence())
        {
            using (spki.PushSequence())
            {
                spki.WriteObjectIdentifier(RsaEncryption);
                spki.WriteNull();
            }

            spki.WriteBitString(pkcs1.Encode());
        }

        return spki.Encode();
    }

    /// <summary>The sequence that is all there is.</summary>
    private static AsnReader ReadOnlySequence(ReadOnlyMemory<byte> der)
    {
        var reader = new AsnReader(der, AsnEncodingRules.DER);
        var sequence = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        return sequence;
    }
}
