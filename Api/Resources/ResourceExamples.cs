using System.Text.Json;
using Repository.Api.Hosting;
using Repository.Domain.Resources;

namespace Repository.Api.Resources;

/// <summary>Examples for the description of the API.</summary>
internal static class ResourceExamples
{
    private const string Guid = "5f1d7a84db00d2fce00b31a7fc73224f5a1ba2ddd1bb5ae4a1e7f4c2b0f1d9ce";
    private const string Peer = "0d7a84db00d2fce00b31a7fc73224f5a1ba2ddd1bb5ae4a1e7f4c2b0f1d9ce5f";
    private const string Owner = "3a1f0c6b9d2e47588a0b1c2d3e4f5061728394a5b6c7d8e9f001122334455667";
    private const string Source = "00112233445566778899aabbccddeeff";

    private const long Timecode = 1_795_288_740;
    private const long WindowStart = 1_795_288_500;

    private static readonly DateTimeOffset Created = new(2026, 11, 21, 19, 19, 0, TimeSpan.Zero);

    private static readonly ResourceView Resource = new(Guid, Owner, "Press", AllowedPeers.Own, Created);

    private static readonly LoginTokenView LoginToken = new(Source, "press 1", Created, null);

    public static object[] All { get; } =
    [
        new CreateResourceRequest("Press", Guid, Owner, AllowedPeers.Own),
        new UpdateResourceRequest("Press", AllowedPeers.Any),
        Resource,
        new Page<ResourceView>([Resource], null),
        new CreateLoginTokenRequest("press 1"),
        new CreatedLoginToken(Source, "press 1", $"rlt_{Source}.AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"),
        LoginToken,
        new Page<LoginTokenView>([LoginToken], null),
        new MachineTokenRequest(Timecode, Peer),
        new MachineTokenView
        {
            ResourceGuid = Guid,
            Peer = Peer,
            Timecode = Timecode,
            WindowStart = WindowStart,
            WindowEnd = WindowStart + Domain.Resources.Timecode.WindowSeconds,
            Pinned = false,
            Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        },
        new Page<TimecodeView>([new TimecodeView(WindowStart, WindowStart + Domain.Resources.Timecode.WindowSeconds, Peer, Created)], null),
        new ResourceTokenRequest(Timecode, Peer, 900, JsonElement.Parse("""{"job":"print"}""")),
        new ResourceTokenView("eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6Ii4uLiJ9.e30.c2ln", Timecode, Created.AddSeconds(900)),
    ];
}
