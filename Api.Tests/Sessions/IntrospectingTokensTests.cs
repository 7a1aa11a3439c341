using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Keys;
using Repository.Api.Tests.Users;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Sessions;

public abstract class IntrospectingTokensTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task A_session_that_goes_on_is_active_and_says_what_its_token_says()
    {
        var (user, session) = await App.OpenSessionAsync(Ct);

        using var answer = await App.As(session).PostTokenAsync("introspect", session.Token, Ct);

        var json = await answer.IsAsync(HttpStatusCode.OK, Ct);
        var token = new JsonWebToken(session.Token);
        Assert.Equal(["active", "aud", "exp", "iat", "iss", "jti", "nbf", "sid", "sub", "token_type"], Answers.MembersOf(json));
        Assert.True(json.GetProperty("active").GetBoolean());
        Assert.Equal("Bearer", json.GetProperty("token_type").GetString());
        Assert.Equal((App.Issuer, App.Issuer), (json.GetProperty("iss").GetString(), json.GetProperty("aud").GetString()));
        Assert.Equal((user.Guid, session.SessionId), (json.GetProperty("sub").GetString(), json.GetProperty("sid").GetString()));
        Assert.Equal(token.Id, json.GetProperty("jti").GetString());
        Assert.All(["iat", "nbf", "exp"], claim => Assert.Equal(token.GetPayloadValue<long>(claim), json.GetProperty(claim).GetInt64()));
        Assert.Equal("no-store", answer.HeaderOf("Cache-Control"));
    }

    [Fact]
    public async Task An_activation_names_its_capability()
    {
        var (activation, machine, capability) = await App.ActivationAsync(Ct);

        var json = await App.IntrospectAsync(activation, Ct);

        Assert.Equal(["active", "aud", "cap", "exp", "iat", "iss", "jti", "nbf", "sub", "token_type"], Answers.MembersOf(json));
        Assert.Equal((machine, capability), (json.GetProperty("sub").GetString(), json.GetProperty("cap").GetString()));
    }

    [Fact]
    public async Task Of_what_does_not_count_nothing_else_is_told()
    {
        var (_, ended) = await App.OpenSessionAsync(Ct);
        var (disabled, orphan) = await App.OpenSessionAsync(Ct);
        using var end = await App.EndSessionAsync(ended.SessionId, ended, Ct);
        using var disable = await App.PatchUserAsync(disabled.Guid, 0, Ct);
        var forged = ForgedToken.From(ended.Token);
        forged.Payload["exp"] = 1;
        string[] tokens =
        [
            ended.Token, orphan.Token, ended.Token[..^1], ended.Token + "A", "x", "a.b.c", "rak_x", App.AdminKey, await forged.SignAsync(App, Ct), forged.With([]),
        ];
        foreach (var token in tokens)
        {
            await App.AssertInactiveAsync(token, Ct);
        }
    }

    [Fact]
    public async Task A_token_is_active_to_the_tick_before_its_end()
    {
        var (_, session) = await App.OpenSessionAsync(Ct);

        App.Clock.Advance(session.ExpiresDate - App.Clock.GetUtcNow() - TimeSpan.FromTicks(1));
        var last = await App.IntrospectAsync(session.Token, Ct);
        App.Clock.Advance(TimeSpan.FromTicks(1));

        Assert.True(last.GetProperty("active").GetBoolean());
        await App.AssertInactiveAsync(session.Token, Ct);
    }

    [Fact]
    public async Task A_clock_that_was_turned_back_finds_tokens_that_are_not_yet_good()
    {
        var (_, session) = await App.OpenSessionAsync(Ct);

        App.Clock.Advance(TimeSpan.FromTicks(-1));

        await App.AssertInactiveAsync(session.Token, Ct);
        Assert.False(await App.IsCredentialAsync(session.Token, Ct));
    }

    [Theory]
    [InlineData("introspect")]
    [InlineData("revoke")]
    public async Task Without_a_credential_nothing_is_told(string call)
    {
        var (_, session) = await App.OpenSessionAsync(Ct);

        using var answer = await App.Anonymous.PostTokenAsync(call, session.Token, Ct);

        await answer.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        Assert.True(await App.IsCredentialAsync(session.Token, Ct));
    }

    [Theory]
    [InlineData("introspect")]
    [InlineData("revoke")]
    public async Task A_call_is_a_form_with_one_token(string call)
    {
        foreach (var form in (string[])["", "token", "token=", "token=a&token=b", "Token=x", "token_type_hint=access_token", "{}"])
        {
            using var answer = await App.Administrator.PostFormAsync(call, form, Ct);

            await answer.InvalidAsync(Ct, "token");
        }

        foreach (var type in (string?[])["application/json", "text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded; charset=latin1", null])
        {
            using var answer = await App.Administrator.PostFormAsync(call, "token=x", Ct, type);

            await answer.RefusedAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type", Ct);
        }

        using var withMore = await App.Administrator.PostFormAsync(call, "token_type_hint=refresh_token&token=x&more", Ct, $"{TokenCalls.Form}; charset=UTF-8");
        await withMore.IsAsync(HttpStatusCode.OK, Ct);
    }

    [Fact]
    public async Task A_form_of_more_than_a_mebibyte_is_too_large()
    {
        using var answer = await App.Administrator.PostFormAsync("introspect", $"token={new string('x', 1 << 20)}", Ct);

        await answer.RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large", Ct);
    }

    public sealed class OnSqlite() : IntrospectingTokensTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : IntrospectingTokensTests(DatabaseProvider.Postgres);
}
