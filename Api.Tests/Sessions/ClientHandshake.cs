using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Users;

namespace Repository.Api.Tests.Sessions;

/// <summary>The client's side of a handshake, written from formats.md. Tests change what they want to be wrong.</summary>
internal sealed record ClientHandshake(TestUser User, string Mode, byte[] Challenge, byte[] ServerPublicKey)
{
    public const string Ecdh = "ecdh";
    public const string Rsa = "rsa";

    private readonly (byte[] PublicKey, byte[] PrivateKey) _pair = ClientSodium.MakeX25519();

    /// <summary>What is sent and signed as the client's key.</summary>
    public byte[] ClientPublicKey { get; init; } = [];

    /// <summary>What the client signs.</summary>
    public byte[] Transcript =>
    [
        .. Encoding.ASCII.GetBytes($"repository-session-v1\0{User.Guid}\0"),
        .. SHA256.HashData(Challenge),
        .. ServerPublicKey,
        .. Mode is Rsa ? new byte[32] : OwnKey,
    ];

    private byte[] OwnKey => ClientPublicKey is [] ? _pair.PublicKey : ClientPublicKey;

    /// <summary>The request, genuine or with another signature.</summary>
    public JsonObject Request(byte[]? signature = null)
    {
        var json = new JsonObject
        {
            ["userGuid"] = User.Guid,
            ["challenge"] = Convert.ToBase64String(Challenge),
            ["keyAgreement"] = Mode,
            ["signature"] = Convert.ToBase64String(signature ?? User.Key.Sign(Transcript)),
        };
        if (Mode is Ecdh)
        {
            json["clientPublicKey"] = Convert.ToBase64String(OwnKey);
        }

        return json;
    }

    /// <summary>Opens the token and checks that the server which signed it is the one that answered.</summary>
    public string OpenToken(JsonElement answer, JsonElement jwks)
    {
        var transcriptHash = SHA256.HashData(Transcript);
        var sealedToken = answer.GetProperty("sealedToken").GetBytesFromBase64();
        var token = ClientSodium.OpenXChaCha20Poly1305(AgreeOn(answer, transcriptHash), sealedToken, transcriptHash);
        Assert.NotNull(token);
        var text = Encoding.ASCII.GetString(token);
        using var signer = KeyOf(jwks, new JsonWebToken(text).Kid);
        byte[] signed = [.. "repository-session-server-v1\0"u8, .. transcriptHash, .. SHA256.HashData(sealedToken)];
        Assert.True(signer.VerifyData(
            signed,
            answer.GetProperty("serverSignature").GetBytesFromBase64(),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        return text;
    }

    private byte[] AgreeOn(JsonElement answer, byte[] transcriptHash)
    {
        var encryptedKey = answer.GetProperty("encryptedKey");
        if (Mode is Rsa)
        {
            return User.Key.DecryptOaep(encryptedKey.GetBytesFromBase64());
        }

        Assert.Equal(JsonValueKind.Null, encryptedKey.ValueKind);
        var shared = ClientSodium.AgreeX25519(_pair.PrivateKey, ServerPublicKey);
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, transcriptHash, "repository session key"u8.ToArray());
    }

    private static ECDsa KeyOf(JsonElement jwks, string kid)
    {
        var key = jwks.GetProperty("keys").EnumerateArray().Single(key => key.GetProperty("kid").ValueEquals(kid));
        return ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = Base64Url.DecodeFromChars(key.GetProperty("x").GetString()),
                Y = Base64Url.DecodeFromChars(key.GetProperty("y").GetString()),
            },
        });
    }
}
