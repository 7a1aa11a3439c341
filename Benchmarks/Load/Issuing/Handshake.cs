using System.Net;
using System.Security.Cryptography;
using System.Text;
using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Conversations;
using Repository.Domain.Cryptography;

namespace Repository.Benchmarks.Load.Issuing;

/// <summary>The client's side of handshakes by X25519, written from design/formats.md, Sessions: one after the other.</summary>
/// <param name="user">Who opens a session.</param>
/// <param name="signer">Signs: the user's key, or one that is to be refused.</param>
internal sealed class Handshake(KeyHolder user, Ed25519SigningKey signer)
{
    // One for all handshakes: making one is the client's work, which is not measured. It protects nothing here.
    private static readonly X25519PrivateKey ClientKey = X25519PrivateKey.Draw();

    private byte[] _serverKey = [];
    private byte[] _transcriptHash = [];

    /// <summary>Asks for a challenge.</summary>
    public byte[] Beginning { get; } = HttpRequest.Post("/v1/sessions/challenge", $$"""{"userGuid":"{{user.Guid}}"}""");

    /// <summary>Opens a session of a registered user.</summary>
    /// <returns>Its token.</returns>
    public static async Task<string> OpenSessionAsync(IPEndPoint server, KeyHolder user, CancellationToken ct)
    {
        var handshake = new Handshake(user, user.Key);
        var challenge = await OneRequest.AskAsync(server, handshake.Beginning, 200, ct);
        return handshake.OpenToken(await OneRequest.AskAsync(server, handshake.Answer(challenge), 201, ct));
    }

    /// <summary>The request that answers a challenge.</summary>
    public byte[] Answer(ReadOnlySpan<byte> challengeJson)
    {
        var challenge = JsonMember.Base64(challengeJson, "challenge"u8);
        _serverKey = JsonMember.Base64(challengeJson, "serverPublicKey"u8);
        byte[] transcript =
        [
            .. Encoding.ASCII.GetBytes($"repository-session-v1\0{user.Guid}\0"),
            .. SHA256.HashData(challenge),
            .. _serverKey,
            .. ClientKey.PublicKey,
        ];
        _transcriptHash = SHA256.HashData(transcript);
        return HttpRequest.Post(
            "/v1/sessions",
            $$"""
            {"userGuid":"{{user.Guid}}","challenge":"{{Convert.ToBase64String(challenge)}}","keyAgreement":"ecdh",
            "clientPublicKey":"{{Convert.ToBase64String(ClientKey.PublicKey)}}","signature":"{{Convert.ToBase64String(signer.Sign(transcript))}}"}
            """);
    }

    private string OpenToken(byte[] sessionJson)
    {
        var hasAgreed = ClientKey.TryAgree(_serverKey, out var shared);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, XChaCha20Poly1305.KeySize, _transcriptHash, "repository session key"u8.ToArray());
        return hasAgreed && XChaCha20Poly1305.TryOpen(key, JsonMember.Base64(sessionJson, "sealedToken"u8), _transcriptHash, out var token)
            ? Encoding.ASCII.GetString(token)
            : throw UnexpectedAnswerException.For("a token that opens", sessionJson);
    }
}
