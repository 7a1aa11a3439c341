using System.Net;
using System.Text.Json.Nodes;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Resources;

public sealed class SealedTokensTests() : DatabaseTests(DatabaseProvider.Sqlite)
{
    private const string LowOrder = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VuAyEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n-----END PUBLIC KEY-----\n";

    [Fact]
    public async Task Sealed_to_a_key_the_token_is_opened_by_its_holder_alone()
    {
        var resource = await App.NewResourceAsync(Ct);
        var key = await resource.KeyAsync(WindowCalls.Start, Ct);
        var recipient = TestSealingKey.Make();

        using var answer = await resource.PostTokenAsync(Body(recipient.Pem), Ct);
        using var again = await resource.PostTokenAsync(Body(recipient.Pem), Ct);

        var json = await answer.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Equal(
            ["peer", "pinned", "resourceGuid", "sealedKey", "timecode", "windowEnd", "windowStart"],
            Answers.MembersOf(json));
        var box = Convert.FromBase64String(json.GetProperty("sealedKey").GetString()!);
        Assert.Equal(80, box.Length);
        Assert.Equal(key, Convert.ToBase64String(ClientSodium.OpenSealedBox(box, recipient.PublicKey, recipient.PrivateKey)));
        Assert.NotEqual(json.GetProperty("sealedKey").GetString(), (await again.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("sealedKey").GetString());
    }

    [Fact]
    [Shows("key-unsupported")]
    public async Task A_key_that_nobody_should_seal_to_is_refused_before_the_window_is_looked_at()
    {
        var resource = await App.NewResourceAsync(Ct);
        foreach (var pem in (string[])[LowOrder, TestKey.Make(SigningKeyKind.Ed25519).Pem, TestKey.Make(SigningKeyKind.P256).Pem, "", "x", new string('A', 5_000)])
        {
            using var refused = await resource.PostTokenAsync(Body(pem), Ct);
            await refused.RefusedAsync(HttpStatusCode.BadRequest, "key-unsupported", Ct);
            using var invalid = await resource.PostTokenAsync(Body(pem, -1), Ct);
            await invalid.RefusedAsync(HttpStatusCode.BadRequest, "timecode-invalid", Ct);
            using var peerless = await resource.PostTokenAsync(Body(pem, peer: ResourceCalls.NewGuid()), Ct);
            await peerless.RefusedAsync(HttpStatusCode.BadRequest, "key-unsupported", Ct);
        }

        Assert.Equal(0, await App.CountKeysAsync(Ct));
    }

    private static string Body(string pem, long timecode = WindowCalls.Start, string? peer = null) =>
        new JsonObject { ["timecode"] = timecode, ["sealTo"] = pem, ["peer"] = peer }.ToJsonString();
}
