using Repository.Api.Hosting;
using Repository.Domain.Resources;

namespace Repository.Api.Resources;

/// <summary>Examples for the description of the API.</summary>
internal static class ResourceExamples
{
    private const string Guid = "5f1d7a84db00d2fce00b31a7fc73224f5a1ba2ddd1bb5ae4a1e7f4c2b0f1d9ce";
    private const string Owner = "3a1f0c6b9d2e47588a0b1c2d3e4f5061728394a5b6c7d8e9f001122334455667";
    private const string Source = "00112233445566778899aabbccddeeff";

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
    ];
}
