using System.Formats.Cbor;
using System.Security.Cryptography;
using Repository.Api.Tests.Cryptography;

namespace Repository.Api.Tests.Coffer;

/// <summary>A client of the coffer, or a companion, as a program of another language would be written from docs/formats.md.</summary>
internal sealed class CofferClient
{
    private CofferClient(byte[] publicKey, byte[] privateKey) => (PublicKey, PrivateKey) = (publicKey, privateKey);

    public byte[] PublicKey { get; }

    public byte[] PrivateKey { get; }

    /// <summary>The public key as paths and definitions spell it.</summary>
    public string Id => Convert.ToHexStringLower(PublicKey);

    public static CofferClient Make()
    {
        var (publicKey, privateKey) = ClientSodium.MakeX25519();
        return new CofferClient(publicKey, privateKey);
    }

    /// <summary>A pair from a certificate file.</summary>
    public static CofferClient Load(byte[] certificate)
    {
        var cbor = new CborReader(certificate);
        cbor.ReadStartMap();
        Assert.Equal("public_key", cbor.ReadTextString());
        var publicKey = cbor.ReadByteString();
        Assert.Equal("private_key", cbor.ReadTextString());
        return new CofferClient(publicKey, cbor.ReadByteString());
    }

    /// <summary>The pair's certificate file.</summary>
    public byte[] Certificate()
    {
        var cbor = new CborWriter();
        cbor.WriteStartMap(2);
        cbor.WriteTextString("public_key");
        cbor.WriteByteString(PublicKey);
        cbor.WriteTextString("private_key");
        cbor.WriteByteString(PrivateKey);
        cbor.WriteEndMap();
        return cbor.Encode();
    }

    /// <summary>Public key ‖ nonce ‖ box of a plaintext.</summary>
    public byte[] Box(byte[] plaintext, byte[] serverKey, byte[]? nonce = null)
    {
        nonce ??= RandomNumberGenerator.GetBytes(24);
        return [.. PublicKey, .. nonce, .. ClientSodium.Box(plaintext, nonce, serverKey, PrivateKey)];
    }

    /// <summary>Opens an answer.</summary>
    public CofferContent Open(byte[] answer, byte[] serverKey) =>
        CofferContent.Read(ClientSodium.OpenBox(answer, serverKey, PrivateKey) ?? throw new CryptographicException("The answer does not open."));
}
