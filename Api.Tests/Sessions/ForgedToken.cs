using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Keys;

namespace Repository.Api.Tests.Sessions;

/// <summary>A JWT taken apart, changed as a test likes, and signed again or not. What takes the server's key shows what its readers check beside the signature.</summary>
internal sealed class ForgedToken
{
    private ForgedToken(JsonObject header, JsonObject payload)
    {
        Header = header;
        Payload = payload;
    }

    public JsonObject Header { get; }

    public JsonObject Payload { get; }

    private string Signed => $"{Part(Header)}.{Part(Payload)}";

    public static ForgedToken From(string token)
    {
        var parts = token.Split('.');
        return new ForgedToken(Read(parts[0]), Read(parts[1]));
    }

    /// <summary>Signed with ES256 by the key that the server signs with.</summary>
    public async Task<string> SignAsync(RepositoryApp app, CancellationToken ct)
    {
        var signer = (await app.Services.GetRequiredService<SigningKeyRing>().ReadAsync(ct)).Signer;
        return SignWith(signer.Algorithm);
    }

    /// <summary>Signed with ES256 by any key.</summary>
    public string SignWith(ECDsa key) => With(key.SignData(Encoding.ASCII.GetBytes(Signed), HashAlgorithmName.SHA256));

    /// <summary>With an HMAC under any bytes, such as those of the public key.</summary>
    public string SignWith(byte[] secret) => With(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(Signed)));

    /// <summary>With a signature of any bytes.</summary>
    public string With(byte[] signature) => $"{Signed}.{Base64Url.EncodeToString(signature)}";

    private static JsonObject Read(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();

    private static string Part(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}
