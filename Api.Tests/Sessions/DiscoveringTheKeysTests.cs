using System.Net;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Sessions;

public sealed class DiscoveringTheKeysTests() : DatabaseTests(DatabaseProvider.Sqlite)
{
    private const string Path = "/.well-known/openid-configuration";

    [Fact]
    public async Task A_program_that_knows_the_issuers_address_can_check_tokens()
    {
        var (_, session) = await App.OpenSessionAsync(Ct);
        using var http = new HttpClient();

        // What ConfigurationManager<OpenIdConnectConfiguration> does for JwtBearer's Authority.
        var configuration = await JsonAsync(http, $"{App.Issuer}{Path}");
        var jwks = await http.GetStringAsync(configuration.GetProperty("jwks_uri").GetString(), Ct);
        var now = App.Clock.GetUtcNow().UtcDateTime;
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(session.Token, new TokenValidationParameters
        {
            ValidIssuer = configuration.GetProperty("issuer").GetString(),
            ValidAudience = App.Issuer,
            ValidAlgorithms = configuration.GetProperty("id_token_signing_alg_values_supported").EnumerateArray().Select(name => name.GetString()),
            IssuerSigningKeys = JsonWebKeySet.Create(jwks).GetSigningKeys(),
            LifetimeValidator = (notBefore, expires, _, _) => notBefore <= now && now < expires,
        });

        Assert.True(result.IsValid, result.Exception?.ToString());
    }

    [Fact]
    public async Task The_addresses_are_those_of_the_calls()
    {
        var (_, session) = await App.OpenSessionAsync(Ct);
        var configuration = await JsonAsync(App.Anonymous, Path);

        foreach (var endpoint in (string[])["introspection_endpoint", "revocation_endpoint"])
        {
            using var form = new FormUrlEncodedContent([new("token", session.Token)]);
            using var answer = await App.As(session).PostAsync(configuration.GetProperty(endpoint).GetString(), form, Ct);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("https://trust.example", "https://trust.example")]
    [InlineData("https://trust.example/", "https://trust.example")]
    [InlineData("https://example.org/trust", "https://example.org/trust")]
    public async Task The_issuer_is_spelt_as_in_tokens_and_leads_the_addresses(string issuer, string address)
    {
        await App.RestartAsync(Ct, ("Repository:Issuer", issuer));

        var configuration = await JsonAsync(App.Anonymous, Path);

        Assert.Equal(issuer, configuration.GetProperty("issuer").GetString());
        Assert.Equal(issuer, new JsonWebToken(await App.TimeTokenAsync(Ct)).Issuer);
        Assert.Equal($"{address}/.well-known/jwks.json", configuration.GetProperty("jwks_uri").GetString());
        Assert.Equal($"{address}/v1/tokens/introspect", configuration.GetProperty("introspection_endpoint").GetString());
        Assert.Equal(["ES256"], configuration.GetProperty("id_token_signing_alg_values_supported").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(["public"], configuration.GetProperty("subject_types_supported").EnumerateArray().Select(name => name.GetString()));
        Assert.NotEmpty(configuration.GetProperty("response_types_supported").EnumerateArray());
    }

    [Fact]
    public async Task Anyone_may_keep_it_for_a_while()
    {
        using var answer = await App.Anonymous.GetAsync(Path, Ct);
        using var head = await App.Anonymous.SendAsync(new HttpRequestMessage(HttpMethod.Head, Path), Ct);

        Assert.Equal("public, max-age=60", answer.HeaderOf("Cache-Control"));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }

    private static async Task<JsonElement> JsonAsync(HttpClient client, string address) => JsonElement.Parse(await client.GetStringAsync(address, Ct));
}
