using System.Security.Cryptography;

namespace Repository.Api.Tests.Cryptography;

/// <summary>An X25519 pair as a client holds it.</summary>
internal sealed class TestSealingKey
{
    private static readonly byte[] Header = Convert.FromHexString("302a300506032b656e032100");

    private TestSealingKey(byte[] publicKey, byte[] privateKey)
    {
        PublicKey = publicKey;
        PrivateKey = privateKey;
    }

    public byte[] PublicKey { get; }

    public byte[] PrivateKey { get; }

    /// <summary>As OpenSSL and the server write it.</summary>
    public string Pem => PemEncoding.WriteString("PUBLIC KEY", Spki) + '\n';

    public byte[] Hash => SHA256.HashData(Spki);

    private byte[] Spki => [.. Header, .. PublicKey];

    public static TestSealingKey Make()
    {
        var (publicKey, privateKey) = ClientSodium.MakeX25519();
        return new TestSealingKey(publicKey, privateKey);
    }
}
