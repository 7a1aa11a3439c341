using System.Net;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Sessions;

public abstract class TellingTheTimeTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task The_token_says_what_the_answer_says()
    {
        App.Clock.Advance(TimeSpan.FromTicks(9_999_999));
        var now = App.Clock.GetUtcNow().ToUnixTimeSeconds();

        var time = await App.TimeAsync(Ct, "?nonce=b7%20f1%22%C3%A4");

        Assert.Equal(["nonce", "timecode", "token", "windowStart"], Answers.MembersOf(time));
        Assert.Equal((now, now / 900 * 900), (time.GetProperty("timecode").GetInt64(), time.GetProperty("windowStart").GetInt64()));
        Assert.Equal("b7 f1\"ä", time.GetProperty("nonce").GetString());
        var text = time.GetProperty("token").GetString()!;
        await App.AssertVerifiesAsync(text, Ct);
        var token = new JsonWebToken(text);
        Assert.Equal("b7 f1\"ä", token.GetPayloadValue<string>("nonce"));
        Assert.Equal(now / 900 * 900, token.GetPayloadValue<long>("windowStart"));
        Assert.Equal((now, now), (token.GetPayloadValue<long>("iat"), token.GetPayloadValue<long>("nbf")));
        Assert.Equal(now + 900, token.GetPayloadValue<long>("exp"));
        Assert.Equal((App.Issuer, App.Issuer), (token.Issuer, token.Subject));
        Assert.Equal([App.Issuer], token.Audiences);
        Assert.Equal(
            ["aud", "exp", "iat", "iss", "jti", "nbf", "nonce", "sub", "windowStart"],
            token.Claims.Select(claim => claim.Type).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_a_nonce_there_is_none()
    {
        var time = await App.TimeAsync(Ct);

        Assert.Equal(JsonValueKind.Null, time.GetProperty("nonce").ValueKind);
        Assert.False(new JsonWebToken(time.GetProperty("token").GetString()).TryGetPayloadValue<string>("nonce", out _));
        Assert.Equal(string.Empty, (await App.TimeAsync(Ct, "?nonce=")).GetProperty("nonce").GetString());
    }

    [Fact]
    public async Task A_nonce_has_at_most_128_characters_and_is_given_once()
    {
        var longest = string.Concat(Enumerable.Repeat("😀", 128));
        Assert.Equal(longest, (await App.TimeAsync(Ct, $"?nonce={Uri.EscapeDataString(longest)}")).GetProperty("nonce").GetString());
        foreach (var query in (string[])[$"nonce={new string('n', 129)}", "nonce=a&nonce=b"])
        {
            using var answer = await App.Anonymous.GetAsync($"/v1/time?{query}", Ct);

            await answer.InvalidAsync(Ct, "nonce");
        }
    }

    [Fact]
    public async Task Every_answer_is_a_new_one()
    {
        var (one, other) = (await App.TimeTokenAsync(Ct), await App.TimeTokenAsync(Ct));

        Assert.NotEqual(new JsonWebToken(one).Id, new JsonWebToken(other).Id);
        using var answer = await App.Anonymous.GetAsync("/v1/time", Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("no-store", answer.HeaderOf("Cache-Control"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(899)]
    public async Task The_window_is_that_of_the_timecode(int seconds)
    {
        App.Clock.Advance(TimeSpan.FromSeconds(900 - (App.Clock.GetUtcNow().ToUnixTimeSeconds() % 900) + seconds));

        var time = await App.TimeAsync(Ct);

        Assert.Equal(time.GetProperty("timecode").GetInt64() - seconds, time.GetProperty("windowStart").GetInt64());
    }

    public sealed class OnSqlite() : TellingTheTimeTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : TellingTheTimeTests(DatabaseProvider.Postgres);
}
