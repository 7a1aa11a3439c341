using Repository.Api.Tests.Cryptography;
using Repository.Domain.Coffer;

namespace Repository.Api.Tests.Coffer;

/// <summary>A client of the coffer: both halves of a pair, of which the server never sees one.</summary>
internal sealed class TestClientKey(byte[] publicKey, byte[] privateKey)
{
    public byte[] PublicKey { get; } = publicKey;

    public ClientKey Id => ClientKey.Load(PublicKey);

    public static TestClientKey Make()
    {
        var (publicKey, privateKey) = ClientSodium.MakeX25519();
        return new TestClientKey(publicKey, privateKey);
    }

    /// <returns>Null when it does not open, which shows as well that the server made it.</returns>
    public byte[]? Open(ReadOnlySpan<byte> box, ReadOnlySpan<byte> serverKey) => ClientSodium.OpenBox(box, serverKey, privateKey);

    public byte[] OpenSealed(ReadOnlySpan<byte> box) => ClientSodium.OpenSealedBox(box, PublicKey, privateKey);
}
