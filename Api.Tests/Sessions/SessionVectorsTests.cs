using System.Security.Cryptography;
using Repository.Api.Tests.Cryptography;
using Repository.Domain.Cryptography;
using Repository.Domain.Encoding;
using Repository.Domain.Sessions;

namespace Repository.Api.Tests.Sessions;

/// <summary>Known answers, computed by a program in another language from the formats' page alone (docs/formats.md, Sessions).</summary>
public sealed class SessionVectorsTests
{
    // RFC 7748, 6.1: the server has Bob's pair, the client Alice's.
    private static readonly byte[] ServerPrivateKey = Convert.FromHexString("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    private static readonly byte[] ServerPublicKey = Convert.FromHexString("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    private static readonly byte[] ClientPublicKey = Convert.FromHexString("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    private static readonly byte[] Shared = Convert.FromHexString("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");

    private static readonly HashIdentifier User = HashIdentifier.Parse("3a1f0c6b9d2e47588a0b1c2d3e4f5061728394a5b6c7d8e9f001122334455667");
    private static readonly byte[] ChallengeHash = SHA256.HashData([.. Enumerable.Range(0, 81).Select(i => (byte)i)]);

    private static SessionTranscript Transcript => new(User, ChallengeHash, ServerPublicKey, ClientPublicKey);

    [Fact]
    public void X25519_agrees_as_the_rfc_says()
    {
        using var key = X25519PrivateKey.Load(ServerPrivateKey);

        Assert.Equal(ServerPublicKey, key.PublicKey);
        Assert.True(key.TryAgree(ClientPublicKey, out var shared));
        Assert.Equal(Shared, shared);
        Assert.True(key.TryAgree(X25519PrivateKey.BasePoint, out var own));
        Assert.Equal(ServerPublicKey, own);
        Assert.False(key.TryAgree(new byte[32], out _));
    }

    [Fact]
    public void A_transcript_has_the_hash_that_others_compute()
    {
        Assert.Equal("1f9713cdfd57577a8e368e240c82a205619dceabe5e945f7296f02d83bae93a4", Convert.ToHexStringLower(Transcript.Hash));
        Assert.Equal(
            "30aaff9da98037f6f245956e327b71a5aa80404659481ac9e0360406b31d11bf",
            Convert.ToHexStringLower(new SessionTranscript(User, ChallengeHash, ServerPublicKey, clientPublicKey: null).Hash));
    }

    [Fact]
    public void The_server_signs_the_bytes_that_others_compute() => Assert.Equal(
        "b1407fa45188fac4a060f733762309f3eec54a3e386a0a00553515d04e5a5908",
        Convert.ToHexStringLower(SHA256.HashData(Transcript.ToServerBytes([.. Enumerable.Range(0, 40).Select(i => (byte)i)]))));

    [Fact]
    public void A_token_opens_with_the_key_that_others_compute()
    {
        var expected = Convert.FromHexString("3f0ea80b6f32b1003946255a922849e361f8c760f934f14b1ab1b133c9098d97");
        using var key = SessionKey.Derive(Shared, Transcript);

        var box = key.Seal("a.b.c");

        Assert.Equal("a.b.c"u8.ToArray(), ClientSodium.OpenXChaCha20Poly1305(expected, box, Transcript.Hash));
        Assert.Null(ClientSodium.OpenXChaCha20Poly1305(expected, box, new byte[32]));
    }
}
