using System.Net;
using System.Text.Json.Nodes;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Storage;
using Repository.Api.Tests.Users;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Sessions;

/// <summary>Whatever is wrong with a handshake, the refusal is the same, and the challenge is still good.</summary>
public abstract class RefusedHandshakesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    /// <summary>RFC 7748, 6.1 and the points of small order: those that libsodium refuses.</summary>
    private static readonly string[] LowOrder =
    [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];

    [Fact]
    [Shows("handshake-failed")]
    public async Task Every_refusal_is_alike()
    {
        var user = await App.RegisterUserAsync(Ct);
        var refusals = new List<string>();
        foreach (var (what, wrong) in await WrongsAsync(user))
        {
            using var answer = await App.PostSessionAsync(wrong, Ct);

            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{what}: {await answer.Content.ReadAsStringAsync(Ct)}");
            refusals.Add(await SeenAsync(answer));
        }

        Assert.True(refusals.Count > 20);
        Assert.Single(refusals.Distinct(StringComparer.Ordinal));
        Assert.Equal(0L, await CountAsync("sessions"));
        Assert.Equal(0L, await CountAsync("spent_challenges"));
    }

    [Fact]
    public async Task A_refusal_leaves_the_challenge_as_it_is()
    {
        var user = await App.RegisterUserAsync(Ct);
        var handshake = await App.BeginAsync(user, Ct);
        using var refused = await App.PostSessionAsync(handshake.Request(new byte[64]), Ct);
        await refused.RefusedAsync(HttpStatusCode.Unauthorized, "handshake-failed", Ct);

        var session = await App.FinishAsync(handshake, Ct);

        Assert.True(await App.IsCredentialAsync(session.Token, Ct));
    }

    [Fact]
    public async Task Points_of_low_order_agree_on_nothing()
    {
        var user = await App.RegisterUserAsync(Ct);
        foreach (var point in LowOrder)
        {
            var handshake = await App.BeginAsync(user, Ct) with { ClientPublicKey = Convert.FromHexString(point) };

            using var answer = await App.PostSessionAsync(handshake.Request(), Ct);

            await answer.RefusedAsync(HttpStatusCode.Unauthorized, "handshake-failed", Ct);
        }
    }

    [Theory]
    [InlineData(SigningKeyKind.Ed25519)]
    [InlineData(SigningKeyKind.P256)]
    public async Task Rsa_mode_takes_an_rsa_key(SigningKeyKind kind)
    {
        var user = await App.RegisterUserAsync(Ct, kind);

        using var answer = await App.PostSessionAsync((await App.BeginAsync(user, Ct, ClientHandshake.Rsa)).Request(), Ct);

        await answer.RefusedAsync(HttpStatusCode.Unauthorized, "handshake-failed", Ct);
    }

    [Fact]
    public async Task A_signature_has_the_form_of_the_keys_kind()
    {
        var rsa = await App.BeginAsync(await App.RegisterUserAsync(Ct, SigningKeyKind.Rsa), Ct);
        var p256 = await App.BeginAsync(await App.RegisterUserAsync(Ct, SigningKeyKind.P256), Ct);
        (ClientHandshake Handshake, byte[] Signature)[] wrongs =
        [
            (rsa, rsa.User.Sign(SignatureAlgorithm.PS256, rsa.Transcript)),
            (rsa, rsa.User.Key.Sign(rsa.Transcript)[..^1]),
            (rsa, [.. rsa.User.Key.Sign(rsa.Transcript), 0]),
            (p256, p256.User.Key.SignAsDer(p256.Transcript)),
            (p256, p256.User.Key.Sign(p256.Transcript)[..^1]),
            (p256, [.. p256.User.Key.Sign(p256.Transcript), 0]),
        ];
        foreach (var (handshake, signature) in wrongs)
        {
            using var answer = await App.PostSessionAsync(handshake.Request(signature), Ct);

            await answer.RefusedAsync(HttpStatusCode.Unauthorized, "handshake-failed", Ct);
        }

        Assert.True(await App.IsCredentialAsync((await App.FinishAsync(rsa, Ct)).Token, Ct));
        Assert.True(await App.IsCredentialAsync((await App.FinishAsync(p256, Ct)).Token, Ct));
    }

    [Fact]
    public async Task A_signature_in_one_mode_serves_no_other()
    {
        var user = await App.RegisterUserAsync(Ct, SigningKeyKind.Rsa);
        var ecdh = await App.BeginAsync(user, Ct);
        var inRsaMode = ecdh.Request();
        inRsaMode["keyAgreement"] = ClientHandshake.Rsa;
        var inEcdhMode = (ecdh with { Mode = ClientHandshake.Rsa }).Request();
        inEcdhMode["keyAgreement"] = ClientHandshake.Ecdh;
        inEcdhMode["clientPublicKey"] = ecdh.Request()["clientPublicKey"]!.DeepClone();
        foreach (var wrong in (JsonObject[])[inRsaMode, inEcdhMode])
        {
            using var answer = await App.PostSessionAsync(wrong, Ct);

            await answer.RefusedAsync(HttpStatusCode.Unauthorized, "handshake-failed", Ct);
        }
    }

    private async Task<List<(string What, JsonNode Wrong)>> WrongsAsync(TestUser user)
    {
        var other = await App.RegisterUserAsync(Ct);
        var disabled = await App.RegisterUserAsync(Ct);
        using var patched = await App.PatchUserAsync(disabled.Guid, 0, Ct);
        var handshake = await App.BeginAsync(user, Ct);
        var wrongs = new List<(string What, JsonNode Wrong)>
        {
            ("another's key", handshake.Request(other.Key.Sign(handshake.Transcript))),
            ("a signature of zeros", handshake.Request(new byte[64])),
            ("a shorter signature", handshake.Request(user.Key.Sign(handshake.Transcript)[..^1])),
            ("a longer signature", handshake.Request([.. user.Key.Sign(handshake.Transcript), 0])),
            ("a long signature", handshake.Request(new byte[1024])),
            ("a longer signature than any key's", handshake.Request(new byte[5000])),
            ("an empty signature", handshake.Request([])),
            ("an unknown user", (await App.BeginAsync(TestUser.Make(), Ct)).Request()),
            ("a disabled user", (await App.BeginAsync(disabled, Ct)).Request()),
            ("another user's challenge", (await App.BeginAsync(other, Ct) with { User = user }).Request()),
            ("a challenge of one byte", (handshake with { Challenge = [1] }).Request()),
            ("a made-up challenge", (handshake with { Challenge = new byte[512] }).Request()),
            ("another server key", (handshake with { ServerPublicKey = ClientSodium.MakeX25519().PublicKey }).Request()),
            ("RSA without an RSA key", (handshake with { Mode = ClientHandshake.Rsa }).Request()),
            ("a challenge's end", (handshake with { Challenge = [.. handshake.Challenge, 0] }).Request()),
            ("another challenge than was signed", Signed(handshake, await App.BeginAsync(user, Ct))),
        };
        wrongs.AddRange(LowOrder.Select(point => ("low order", (JsonNode)(handshake with { ClientPublicKey = Convert.FromHexString(point) }).Request())));
        wrongs.AddRange(Flipped(handshake.Challenge).Select(challenge => ("a flipped bit", (JsonNode)(handshake with { Challenge = challenge }).Request())));
        return wrongs;
    }

    private static JsonObject Signed(ClientHandshake signed, ClientHandshake sent) => sent.Request(signed.User.Key.Sign(signed.Transcript));

    /// <summary>One bit of each part: version, nonce, ciphertext, tag.</summary>
    private static IEnumerable<byte[]> Flipped(byte[] challenge) => ((int[])[0, 1, 24, 25, 32, 33, 64, 65, 80]).Select(at =>
    {
        var flipped = (byte[])challenge.Clone();
        flipped[at] ^= 1;
        return flipped;
    });

    /// <summary>All that a client sees, without what tells one request from another.</summary>
    private static async Task<string> SeenAsync(HttpResponseMessage answer)
    {
        var body = JsonNode.Parse((await answer.RefusedAsync(HttpStatusCode.Unauthorized, "handshake-failed", Ct)).GetRawText())!.AsObject();
        body.Remove("traceId");
        answer.Content.Headers.Remove("Content-Length"); // The trace id's length varies.
        answer.Headers.Remove("Date");
        return $"{answer.Headers}{answer.Content.Headers}{body.ToJsonString()}";
    }

    private async Task<long> CountAsync(string table) =>
        Convert.ToInt64(await App.ScalarSqlAsync($"SELECT COUNT(*) FROM {table}", Ct), System.Globalization.CultureInfo.InvariantCulture);

    public sealed class OnSqlite() : RefusedHandshakesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : RefusedHandshakesTests(DatabaseProvider.Postgres);
}
