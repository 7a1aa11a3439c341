using System.Formats.Asn1;
using System.Numerics;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Keys;

/// <summary>Makes keys for tests, also such as no program would write.</summary>
internal static class SigningKeys
{
    private const string Spki = "PUBLIC KEY";

    public static SigningPublicKey Parse(string pem)
    {
        Assert.True(SigningPublicKey.TryParsePem(pem, out var key));
        return key;
    }

    /// <summary>Whether the DER of a SubjectPublicKeyInfo is taken as a signing key.</summary>
    public static bool IsTaken(ReadOnlySpan<byte> spki) => SigningPublicKey.TryParsePem(OpenSslKeys.Pem(Spki, spki), out _);

    public static byte[] Ed25519Spki(ReadOnlySpan<byte> point) => [.. Convert.FromHexString("302a300506032b6570032100"), .. point];

    public static byte[] P256Spki(ReadOnlySpan<byte> point) => Write(algorithm =>
    {
        algorithm.WriteObjectIdentifier("1.2.840.10045.2.1");
        algorithm.WriteObjectIdentifier("1.2.840.10045.3.1.7");
    }, point);

    public static byte[] RsaSpki(BigInteger modulus, BigInteger exponent) => RsaSpki(RsaPkcs1(modulus, exponent));

    public static byte[] RsaSpki(ReadOnlySpan<byte> pkcs1, Action<AsnWriter>? parameters = null) => Write(algorithm =>
    {
        algorithm.WriteObjectIdentifier("1.2.840.113549.1.1.1");
        (parameters ?? (writer => writer.WriteNull()))(algorithm);
    }, pkcs1);

    public static byte[] RsaPkcs1(BigInteger modulus, BigInteger exponent)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(modulus);
            writer.WriteInteger(exponent);
        }

        return writer.Encode();
    }

    /// <summary>An odd number of exactly so many bits. What its factors are is of no concern to a reader of keys.</summary>
    public static BigInteger Odd(int bits) => (BigInteger.One << (bits - 1)) + 1;

    private static byte[] Write(Action<AsnWriter> algorithm, ReadOnlySpan<byte> key)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                algorithm(writer);
            }

            writer.WriteBitString(key);
        }

        return writer.Encode();
    }
}
