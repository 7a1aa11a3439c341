using System.Net;
using System.Security.Cryptography;
using System.Text;
using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Conversations;

namespace Repository.Benchmarks.Load.Issuing;

/// <summary>A user's name and Ed25519 key; a user once it is registered.</summary>
internal sealed class KeyHolder
{
    public Ed25519SigningKey Key { get; } = new();

    public string Guid { get; } = RandomNumberGenerator.GetHexString(64, lowercase: true);

    /// <summary>A new user of a server.</summary>
    public static async Task<KeyHolder> RegisterAsync(IPEndPoint server, CancellationToken ct)
    {
        var user = new KeyHolder();
        _ = await OneRequest.AskAsync(server, HttpRequest.Post("/v1/users", user.Json()), 201, ct);
        return user;
    }

    // design/formats.md, Public keys: the proof of possession at registration.
    private string Json()
    {
        byte[] proven = [.. Encoding.ASCII.GetBytes($"repository-user-v1\0{Guid}\0"), .. Key.PublicKey.Hash, .. new byte[SHA256.HashSizeInBytes]];
        var pem = Key.PublicKey.ToPem().Replace("\n", "\\n", StringComparison.Ordinal);
        return $$"""{"userGuid":"{{Guid}}","publicKey":"{{pem}}","proof":"{{Convert.ToBase64String(Key.Sign(proven))}}"}""";
    }
}
