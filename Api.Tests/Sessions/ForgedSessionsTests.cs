using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Keys;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Sessions;

/// <summary>What looks like a session's token and is none.</summary>
public abstract class ForgedSessionsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task A_token_that_is_put_together_again_is_still_one() =>
        Assert.True(await App.IsCredentialAsync(await (await TokenAsync()).SignAsync(App, Ct), Ct));

    [Theory]
    [InlineData("iss", "\"https://another.example\"")]
    [InlineData("iss", "\"\"")]
    [InlineData("iss", null)]
    [InlineData("aud", "\"https://another.example\"")]
    [InlineData("aud", "\"8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4\"")]
    [InlineData("sid", null)]
    [InlineData("sid", "\"\"")]
    [InlineData("sid", "\"00000000000000000000000000000000\"")]
    [InlineData("sid", "\"8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4\"")]
    [InlineData("nbf", "4102444800")]
    [InlineData("exp", "1")]
    public async Task A_claim_that_is_not_as_it_must_be_is_refused_whoever_signed(string claim, string? json)
    {
        var token = await TokenAsync();
        token.Payload.Remove(claim);
        if (json is not null)
        {
            token.Payload[claim] = JsonNode.Parse(json);
        }

        Assert.False(await App.IsCredentialAsync(await token.SignAsync(App, Ct), Ct));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    [InlineData("ES384")]
    [InlineData("RS256")]
    [InlineData("es256")]
    [InlineData("")]
    public async Task Another_algorithm_is_refused(string algorithm)
    {
        var token = await TokenAsync();
        var signer = (await App.Services.GetRequiredService<SigningKeyRing>().ReadAsync(Ct)).Signer;
        token.Header["alg"] = algorithm;

        Assert.False(await App.IsCredentialAsync(token.With([]), Ct));
        Assert.False(await App.IsCredentialAsync(await token.SignAsync(App, Ct), Ct));
        Assert.False(await App.IsCredentialAsync(token.SignWith(signer.Algorithm.ExportSubjectPublicKeyInfo()), Ct));
        Assert.False(await App.IsCredentialAsync(token.SignWith(Encoding.ASCII.GetBytes(signer.Algorithm.ExportSubjectPublicKeyInfoPem())), Ct));
    }

    [Fact]
    public async Task Another_key_is_refused_whatever_it_calls_itself()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var token = await TokenAsync();

        Assert.False(await App.IsCredentialAsync(token.SignWith(key), Ct));
        token.Header["jwk"] = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256" };
        Assert.False(await App.IsCredentialAsync(token.SignWith(key), Ct));
        token.Header["kid"] = "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U";
        Assert.False(await App.IsCredentialAsync(token.SignWith(key), Ct));
    }

    [Theory]
    [InlineData("kid", null)]
    [InlineData("kid", "\"\"")]
    [InlineData("kid", "\"oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U\"")]
    [InlineData("typ", null)]
    [InlineData("typ", "\"at+jwt\"")]
    public async Task A_header_names_the_published_key_and_its_type(string member, string? json)
    {
        var token = await TokenAsync();
        token.Header.Remove(member);
        if (json is not null)
        {
            token.Header[member] = JsonNode.Parse(json);
        }

        Assert.False(await App.IsCredentialAsync(await token.SignAsync(App, Ct), Ct));
    }

    [Fact]
    public async Task A_changed_character_anywhere_is_refused_also_of_a_token_that_was_seen()
    {
        var (_, session) = await App.OpenSessionAsync(Ct);
        Assert.True(await App.IsCredentialAsync(session.Token, Ct));
        for (var i = 0; i < session.Token.Length; i += 7)
        {
            // The last character's stray bits apart, every other character changes a bit.
            var changed = session.Token[i] switch { '.' => "", 'A' => "_", _ => "A" };

            Assert.False(await App.IsCredentialAsync(session.Token[..i] + changed + session.Token[(i + 1)..], Ct), $"Character {i}");
        }
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.e30")]
    [InlineData("e30.e30.")]
    [InlineData("bnVsbA.bnVsbA.bnVsbA")]
    [InlineData("W10.W10.W10")]
    [InlineData("eyJhbGciOiJFUzI1NiIsImtpZCI6N30.e30.AAAA")]
    [InlineData("eyJhbGciOiJFUzI1NiIsImtpZCI6e319.e30.AAAA")]
    [InlineData("eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0.e30.AAAA")]
    [InlineData("%.%.%")]
    [InlineData("====.====.====")]
    [InlineData("eyJ.eyJ.eyJ")]
    [InlineData("a.b.c.d.e")]
    [InlineData("....")]
    [InlineData("rak_.x.y")]
    public async Task What_is_no_token_is_refused(string presented) => Assert.False(await App.IsCredentialAsync(presented, Ct));

    [Fact]
    public async Task A_long_text_is_refused() => Assert.False(await App.IsCredentialAsync($"e30.{new string('A', 20_000)}.AAAA", Ct));

    [Fact]
    public async Task Tokens_of_other_kinds_are_no_credentials()
    {
        foreach (var token in (string[])[(await App.ActivationAsync(Ct)).Token, await App.TimeTokenAsync(Ct), await App.SignAsync(Ct)])
        {
            await App.AssertVerifiesAsync(token, Ct);
            Assert.False(await App.IsCredentialAsync(token, Ct));
        }
    }

    [Fact]
    public async Task A_key_that_is_no_longer_published_vouches_for_nothing()
    {
        var token = await TokenAsync();
        token.Payload["exp"] = App.Clock.GetUtcNow().AddDays(400).ToUnixTimeSeconds();
        var text = await token.SignAsync(App, Ct);
        Assert.True(await App.IsCredentialAsync(text, Ct));

        for (var day = 0; day < 120; day += 20)
        {
            App.Clock.Advance(TimeSpan.FromDays(20)); // Keys are made and retired as they are used.
            await App.SignAsync(Ct);
        }

        Assert.DoesNotContain(SigningCalls.KidOf(text), await App.KidsAsync(Ct));
        Assert.False(await App.IsCredentialAsync(text, Ct));
    }

    private async Task<ForgedToken> TokenAsync() => ForgedToken.From((await App.OpenSessionAsync(Ct)).Session.Token);

    public sealed class OnSqlite() : ForgedSessionsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : ForgedSessionsTests(DatabaseProvider.Postgres);
}
