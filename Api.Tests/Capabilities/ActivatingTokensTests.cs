using System.Net;
using System.Net.Http.Headers;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Capabilities;

/// <summary>The token of an activation, checked as a program offline does: by any JWT library, with the published keys and nothing else.</summary>
public abstract class ActivatingTokensTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private const string Issuer = "https://registry.example";

    protected override (string Name, string Value)[] Settings =>
        [("Repository:Issuer", Issuer), ("Tokens:SigningKeyLifetime", "2.00:00:00"), ("Capabilities:OfflineGrace", "7.00:00:00")];

    [Fact]
    public async Task A_token_says_which_machine_may_use_what_and_until_when()
    {
        App.Clock.Advance(TimeSpan.FromTicks(9_999_999)); // Tokens know whole seconds: they are cut.
        var capability = await App.NewCapabilityAsync(Ct);
        var machine = await App.NewMachineAsync(Ct);

        var token = await TokenAsync(capability, machine);

        var now = new DateTimeOffset(2026, 11, 21, 19, 19, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        var jwt = await ValidateAsync(token);
        Assert.Equal("JWT", jwt.Typ);
        Assert.Equal("ES256", jwt.Alg);
        Assert.Equal(3, Header(jwt).Count);
        Assert.Equal(["aud", "cap", "exp", "iat", "iss", "jti", "nbf", "sub"], jwt.Claims.Select(claim => claim.Type).Order(StringComparer.Ordinal));
        Assert.Equal(machine, jwt.Subject);
        Assert.Equal(capability.Guid, jwt.GetPayloadValue<string>("cap"));
        Assert.Equal(Issuer, jwt.Issuer);
        Assert.Equal(Issuer, jwt.GetPayloadValue<string>("aud"));
        Assert.Equal(now, jwt.GetPayloadValue<long>("iat"));
        Assert.Equal(now, jwt.GetPayloadValue<long>("nbf"));
        Assert.Equal(now + (7 * 24 * 60 * 60), jwt.GetPayloadValue<long>("exp"));
        Assert.Equal(16, Base64UrlEncoder.DecodeBytes(jwt.Id).Length);
    }

    [Fact]
    public async Task A_token_ends_with_its_capability_where_that_is_earlier_than_the_grace()
    {
        var now = App.Clock.GetUtcNow();
        var forever = await App.NewCapabilityAsync(Ct);
        var machine = await App.NewMachineAsync(Ct);
        (DateTimeOffset NotAfter, DateTimeOffset Expires)[] cases =
        [
            (now.AddDays(3).AddTicks(9_999_999), now.AddDays(3)),
            (now.AddDays(7).AddTicks(-1), now.AddDays(7).AddSeconds(-1)),
            (now.AddDays(7), now.AddDays(7)),
            (now.AddDays(7).AddTicks(1), now.AddDays(7)),
            (now.AddYears(1), now.AddDays(7)),
        ];

        foreach (var (notAfter, expires) in cases)
        {
            var jwt = new JsonWebToken(await TokenAsync(forever.With("notAfter", notAfter), machine));
            Assert.Equal(expires.ToUnixTimeSeconds(), jwt.GetPayloadValue<long>("exp"));
        }
    }

    [Fact]
    public async Task A_program_that_comes_back_gets_a_token_of_that_time()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var machine = await App.NewMachineAsync(Ct);
        var first = new JsonWebToken(await TokenAsync(capability, machine));
        App.Clock.Advance(TimeSpan.FromDays(1));

        var again = new JsonWebToken(await TokenAsync(capability, machine));

        Assert.NotEqual(first.Id, again.Id);
        Assert.All(["iat", "nbf", "exp"], name =>
            Assert.Equal(first.GetPayloadValue<long>(name) + (24 * 60 * 60), again.GetPayloadValue<long>(name)));
    }

    [Fact]
    public async Task Tokens_stay_good_when_the_key_is_replaced_and_the_server_restarted()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var machine = await App.NewMachineAsync(Ct);
        var before = await TokenAsync(capability, machine);
        App.Clock.Advance(TimeSpan.FromDays(3));
        var after = await TokenAsync(capability, machine);

        var old = await ValidateAsync(before);
        var young = await ValidateAsync(after);
        Assert.NotEqual(old.Kid, young.Kid);

        await App.RestartAsync(Ct);
        Assert.Equal(old.Kid, (await ValidateAsync(before)).Kid);
        Assert.Equal(young.Kid, (await ValidateAsync(after)).Kid);
        Assert.Equal(young.Kid, (await ValidateAsync(await TokenAsync(capability, machine))).Kid);
    }

    [Fact]
    public async Task A_token_is_good_until_just_before_its_end_and_at_no_other_audience()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var token = await TokenAsync(capability, await App.NewMachineAsync(Ct));

        App.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromTicks(1));
        Assert.True((await TryValidateAsync(token, Issuer)).IsValid);
        Assert.False((await TryValidateAsync(token, "https://elsewhere.example")).IsValid);
        App.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.False((await TryValidateAsync(token, Issuer)).IsValid);
    }

    [Fact]
    public async Task A_changed_token_is_good_for_nothing()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var machines = await App.NewMachinesAsync(2, Ct);
        var parts = (await TokenAsync(capability, machines[0])).Split('.');

        var payload = Base64UrlEncoder.Decode(parts[1]).Replace(machines[0], machines[1], StringComparison.Ordinal);

        Assert.False((await TryValidateAsync($"{parts[0]}.{Base64UrlEncoder.Encode(payload)}.{parts[2]}", Issuer)).IsValid);
    }

    [Fact]
    public async Task A_token_is_no_credential_for_this_api()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var machine = await App.NewMachineAsync(Ct);
        using var client = new HttpClient();
        client.BaseAddress = App.Anonymous.BaseAddress;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(capability, machine));

        using var list = await client.GetAsync(SeatCalls.ListPath(capability.Guid), Ct);
        using var view = await client.GetAsync($"/v1/capabilities/{capability.Guid}", Ct); // Where none is needed, too.
        using var release = await client.DeleteSeatAsync(capability.Guid, machine, Ct);

        foreach (var answer in new[] { list, view, release })
        {
            await answer.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
            Assert.NotNull(answer.HeaderOf("WWW-Authenticate"));
        }

        await App.HeldByAsync(capability, Ct, machine);
    }

    private static Dictionary<string, object> Header(JsonWebToken jwt) =>
        System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, object>>(Base64UrlEncoder.Decode(jwt.EncodedHeader))!;

    private async Task<string> TokenAsync(TestCapability capability, string machine)
    {
        using var answer = await App.PutSeatAsync(capability, machine, Ct);
        Assert.True(answer.IsSuccessStatusCode);
        return (await RepositoryApp.JsonOf(answer, Ct)).GetProperty("token").GetString()!;
    }

    private async Task<JsonWebToken> ValidateAsync(string token)
    {
        var result = await TryValidateAsync(token, Issuer);
        Assert.True(result.IsValid, result.Exception?.Message);
        return Assert.IsType<JsonWebToken>(result.SecurityToken);
    }

    private async Task<TokenValidationResult> TryValidateAsync(string token, string audience)
    {
        using var answer = await App.Anonymous.GetAsync("/.well-known/jwks.json", Ct);
        var keys = new JsonWebKeySet(await answer.Content.ReadAsStringAsync(Ct));
        return await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = audience,
            IssuerSigningKeys = keys.GetSigningKeys(),
            TryAllIssuerSigningKeys = false, // Only the one that the header names.
            ValidTypes = ["JWT"],
            ValidAlgorithms = ["ES256"],
            LifetimeValidator = (notBefore, expires, _, _) =>
                notBefore <= App.Clock.GetUtcNow().UtcDateTime && App.Clock.GetUtcNow().UtcDateTime < expires,
        });
    }

    public sealed class OnSqlite() : ActivatingTokensTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : ActivatingTokensTests(DatabaseProvider.Postgres);
}
