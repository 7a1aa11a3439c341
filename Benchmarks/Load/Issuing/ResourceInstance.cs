using System.Net;
using System.Security.Cryptography;
using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Conversations;

namespace Repository.Benchmarks.Load.Issuing;

/// <summary>A resource and a login token of one of its instances.</summary>
/// <param name="Guid">The resource.</param>
/// <param name="LoginToken">What the instance calls with.</param>
internal sealed record ResourceInstance(string Guid, string LoginToken)
{
    private string Path => $"/v1/resources/{Guid}";

    /// <summary>Makes a resource and a login token of it, by a session of its owner.</summary>
    public static async Task<ResourceInstance> CreateAsync(IPEndPoint server, string session, CancellationToken ct)
    {
        var guid = RandomNumberGenerator.GetHexString(64, lowercase: true);
        var resource = HttpRequest.Post("/v1/resources", $$"""{"resourceGuid":"{{guid}}","name":"Benchmark"}""", session);
        _ = await OneRequest.AskAsync(server, resource, 201, ct);
        var login = await OneRequest.AskAsync(server, HttpRequest.Post($"/v1/resources/{guid}/login-tokens", "{}", session), 201, ct);
        return new ResourceInstance(guid, JsonMember.Text(login, "loginToken"u8));
    }

    /// <summary>Asks for a JWT.</summary>
    public byte[] PostJwt(int lifetimeSeconds) => HttpRequest.Post($"{Path}/jwt", $$"""{"lifetimeSeconds":{{lifetimeSeconds}}}""", LoginToken);

    /// <summary>Asks for the machine token of a window; of a pair when a peer is named.</summary>
    public byte[] PostMachineToken(long timecode, ResourceInstance? peer = null)
    {
        var withPeer = peer is null ? "" : $",\"peer\":\"{peer.Guid}\"";
        return HttpRequest.Post($"{Path}/machine-token", $$"""{"timecode":{{timecode}}{{withPeer}}}""", LoginToken);
    }
}
