using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Repository.Api.Hosting;
using Repository.Api.Tests.Hosting;
using Repository.Domain.Capabilities;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Keys;

public abstract class SigningTokensTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private TokenSigner Signer => App.Services.GetRequiredService<TokenSigner>();

    [Fact]
    public async Task A_token_verifies_with_the_published_keys_alone() => await App.AssertVerifiesAsync(await App.SignAsync(Ct), Ct);

    [Fact]
    public async Task A_token_names_its_algorithm_type_and_key()
    {
        var header = PartOf(await App.SignAsync(Ct), 0);

        Assert.Equal(["alg", "kid", "typ"], Answers.MembersOf(header));
        Assert.Equal("ES256", header.GetProperty("alg").GetString());
        Assert.Equal("JWT", header.GetProperty("typ").GetString());
        Assert.Equal(Assert.Single(await App.KidsAsync(Ct)), header.GetProperty("kid").GetString());
    }

    [Fact]
    public async Task Claims_are_as_given_in_whole_seconds_that_are_cut()
    {
        Assert.True(CapabilityGuid.TryParse(SigningCalls.Subject, out var capability));
        var claims = new TokenClaims
        {
            Issuer = "https://issuer.example/",
            Subject = "\"quoted\" <ä>",
            Audience = "audience",
            Timecode = 1_795_288_740,
            NotBefore = DateTimeOffset.FromUnixTimeSeconds(1_795_288_741).AddTicks(9_999_999),
            ExpiresDate = DateTimeOffset.FromUnixTimeSeconds(1_795_288_800).AddTicks(9_999_999),
            Capability = capability,
        };

        var payload = PartOf(await Signer.SignAsync(claims, Ct), 1);

        Assert.Equal(["aud", "cap", "exp", "iat", "iss", "jti", "nbf", "sub"], Answers.MembersOf(payload));
        Assert.Equal("https://issuer.example/", payload.GetProperty("iss").GetString());
        Assert.Equal("\"quoted\" <ä>", payload.GetProperty("sub").GetString());
        Assert.Equal("audience", payload.GetProperty("aud").GetString());
        Assert.Equal("1795288740", payload.GetProperty("iat").GetRawText());
        Assert.Equal("1795288741", payload.GetProperty("nbf").GetRawText());
        Assert.Equal("1795288800", payload.GetProperty("exp").GetRawText());
        Assert.Equal(SigningCalls.Subject, payload.GetProperty("cap").GetString());
        Assert.Equal(claims.TokenId, payload.GetProperty("jti").GetString());
    }

    [Fact]
    public async Task Every_token_has_a_name_of_128_bits_of_its_own()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 100; i++)
        {
            var name = PartOf(await App.SignAsync(Ct), 1).GetProperty("jti").GetString()!;
            Assert.Equal(16, Base64Url.DecodeFromChars(name).Length);
            Assert.True(names.Add(name));
        }
    }

    [Fact]
    public async Task A_changed_token_does_not_verify()
    {
        var token = await App.SignAsync(Ct);
        var parts = token.Split('.');
        var forged = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace(SigningCalls.Subject, new string('0', 64), StringComparison.Ordinal)));

        var result = await App.ValidateAsync($"{parts[0]}.{forged}.{parts[2]}", await App.JwksAsync(Ct));

        Assert.IsType<SecurityTokenInvalidSignatureException>(result.Exception);
    }

    [Fact]
    public async Task Many_callers_share_the_key()
    {
        var tokens = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(
            async () =>
            {
                var own = new List<string>();
                for (var i = 0; i < 50; i++)
                {
                    own.Add(await App.SignAsync(Ct));
                }

                return own;
            },
            Ct)));

        var jwks = await App.JwksAsync(Ct);
        foreach (var token in tokens.SelectMany(own => own))
        {
            Assert.True((await App.ValidateAsync(token, jwks)).IsValid);
        }
    }

    [Fact]
    public async Task A_restart_keeps_the_key()
    {
        var issuer = ("Repository:Issuer", "https://trust.example"); // The port, and with it the address, is another one each time.
        await App.RestartAsync(Ct, issuer);
        var token = await App.SignAsync(Ct);
        var jwks = await App.JwksAsync(Ct);

        await App.RestartAsync(Ct);

        Assert.Equal(jwks, await App.JwksAsync(Ct));
        Assert.Equal(SigningCalls.KidOf(token), SigningCalls.KidOf(await App.SignAsync(Ct)));
        await App.AssertVerifiesAsync(token, Ct);
    }

    [Fact]
    public async Task The_issuer_is_the_setting_or_else_the_first_address()
    {
        Assert.Equal(App.Anonymous.BaseAddress!.GetLeftPart(UriPartial.Authority), App.Issuer);

        await App.RestartAsync(Ct, ("Repository:Issuer", "https://trust.example/repository"));

        Assert.Equal("https://trust.example/repository", App.Services.GetRequiredService<IssuerName>().Value);
    }

    private static JsonElement PartOf(string token, int part) => JsonElement.Parse(Base64Url.DecodeFromChars(token.Split('.')[part]));

    public sealed class OnSqlite() : SigningTokensTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : SigningTokensTests(DatabaseProvider.Postgres);
}
