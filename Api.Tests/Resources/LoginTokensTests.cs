using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Storage;
using Repository.Api.Tests.Users;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Resources;

public abstract class LoginTokensTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private string _owner = "";
    private string _resource = "";

    [Fact]
    public async Task A_login_token_is_shown_once_in_its_one_spelling()
    {
        await BeginAsync();

        using var created = await Session.PostLoginTokenAsync(_resource, """{"label":"press 1"}""", Ct);

        var json = await created.IsAsync(HttpStatusCode.Created, Ct);
        Assert.Equal(["label", "loginToken", "sourceId"], Answers.MembersOf(json));
        var (source, token) = (json.GetProperty("sourceId").GetString()!, json.GetProperty("loginToken").GetString()!);
        Assert.Matches("^[0-9a-f]{32}$", source);
        Assert.Matches($"^rlt_{source}\\.[A-Za-z0-9_-]{{43}}$", token);
        Assert.Equal("press 1", json.GetProperty("label").GetString());
        Assert.Equal($"/v1/resources/{_resource}/login-tokens/{source}", created.HeaderOf("Location"));
        using var read = await Session.GetAsync(created.HeaderOf("Location"), Ct);
        Assert.Equal(
            $$"""{"sourceId":"{{source}}","label":"press 1","createdDate":"2026-11-21T19:19:00.0000000Z","lastUsedDate":null}""",
            (await read.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
        Assert.Equal($"{_owner} login-token-created {_resource}", (await App.AuditedResourcesAsync(Ct))[^1]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"label":null}""")]
    public async Task It_needs_no_label_and_an_idempotency_key_makes_no_difference(string? json)
    {
        await BeginAsync();

        using var first = await Session.PostLoginTokenAsync(_resource, json, Ct, ("Idempotency-Key", "k"));
        using var second = await Session.PostLoginTokenAsync(_resource, json, Ct, ("Idempotency-Key", "k"));

        var (one, other) = (await first.IsAsync(HttpStatusCode.Created, Ct), await second.IsAsync(HttpStatusCode.Created, Ct));
        Assert.Equal("null", one.GetProperty("label").GetRawText());
        Assert.NotEqual(one.GetProperty("sourceId").GetString(), other.GetProperty("sourceId").GetString());
        Assert.NotEqual(one.GetProperty("loginToken").GetString()![^43..], other.GetProperty("loginToken").GetString()![^43..]);
        Assert.Equal(0L, await App.ScalarSqlAsync("SELECT COUNT(*) FROM idempotency", Ct));
    }

    [Theory]
    [InlineData("""{"label":""}""", "label")]
    [InlineData("""{"label":1}""", "label")]
    [InlineData("""{"name":"n"}""", "name")]
    [InlineData("[]", "$")]
    public async Task What_cannot_be_read_is_refused_by_member(string json, string member)
    {
        await BeginAsync();

        using var refused = await Session.PostLoginTokenAsync(_resource, json, Ct);

        await refused.InvalidAsync(Ct, member);
    }

    [Fact]
    public async Task They_are_listed_in_the_order_of_creation()
    {
        await BeginAsync();
        var other = await App.CreateResourceAsync(_owner, Ct);
        var sources = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            sources.Add((await App.CreateLoginTokenAsync(_owner, _resource, Ct)).Source);
            await App.CreateLoginTokenAsync(_owner, other, Ct);
        }

        var listed = await Session.PagedAsync($"/v1/resources/{_resource}/login-tokens", Ct);

        Assert.Equal(sources, listed.Select(token => token.GetProperty("sourceId").GetString()!));
        Assert.All(listed, token => Assert.Equal(["createdDate", "label", "lastUsedDate", "sourceId"], Answers.MembersOf(token)));
    }

    [Fact]
    [Shows("login-token-unknown")]
    public async Task Revoking_one_ends_it_at_once_and_leaves_the_others()
    {
        await BeginAsync();
        var (source, token) = await App.CreateLoginTokenAsync(_owner, _resource, Ct);
        var (_, other) = await App.CreateLoginTokenAsync(_owner, _resource, Ct);
        await PassesAsync(token);

        using var revoked = await Session.DeleteLoginTokenAsync(_resource, source, Ct);

        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await IsRefusedAsync(token);
        await PassesAsync(other);
        using var again = await Session.DeleteLoginTokenAsync(_resource, source, Ct);
        await again.RefusedAsync(HttpStatusCode.NotFound, "login-token-unknown", Ct);
        using var read = await Session.GetAsync($"/v1/resources/{_resource}/login-tokens/{source}", Ct);
        await read.RefusedAsync(HttpStatusCode.NotFound, "login-token-unknown", Ct);
        Assert.Equal($"{_owner} login-token-revoked {_resource}", (await App.AuditedResourcesAsync(Ct))[^1]);
    }

    [Fact]
    public async Task A_token_of_another_resource_is_unknown_here()
    {
        await BeginAsync();
        var other = await App.CreateResourceAsync(_owner, Ct);
        var (source, token) = await App.CreateLoginTokenAsync(_owner, other, Ct);

        using var revoked = await Session.DeleteLoginTokenAsync(_resource, source, Ct);
        using var read = await Session.GetAsync($"/v1/resources/{_resource}/login-tokens/{source}", Ct);

        await revoked.RefusedAsync(HttpStatusCode.NotFound, "login-token-unknown", Ct);
        await read.RefusedAsync(HttpStatusCode.NotFound, "login-token-unknown", Ct);
        await PassesAsync(token);
    }

    [Fact]
    [Shows("unauthenticated")]
    public async Task Nothing_but_the_very_token_is_let_in()
    {
        await BeginAsync();
        var (source, token) = await App.CreateLoginTokenAsync(_owner, _resource, Ct);
        var (otherSource, otherToken) = await App.CreateLoginTokenAsync(_owner, _resource, Ct);
        var secret = token[^43..];
        string[] bad =
        [
            $"rlt_{source}.{otherToken[^43..]}", $"rlt_{otherSource}.{secret}", $"rlt_{ResourceCalls.NewGuid()[..32]}.{secret}",
            $"rlt_{source}.{new string('A', 43)}", $"rlt_{source}", $"rlt_{source}.", $"rlt_{source}.{secret[..42]}", $"{token}A", $"{token}=",
            $"RLT_{source}.{secret}", $"rlt_{source.ToUpperInvariant()}.{secret}", $"rlt_{source}:{secret}", secret, $"rlt_.{secret}", "rlt_",
            token[..^1] + WithStrayBits(token[^1]),
        ];

        foreach (var credential in bad)
        {
            await IsRefusedAsync(credential);
        }

        await PassesAsync(token);
    }

    [Fact]
    public async Task A_disabled_owners_tokens_are_refused_until_it_is_enabled_again()
    {
        await BeginAsync();
        var (_, token) = await App.CreateLoginTokenAsync(_owner, _resource, Ct);

        using var disabled = await App.PatchUserAsync(_owner, 0, Ct);
        await IsRefusedAsync(token);
        using var enabled = await App.PatchUserAsync(_owner, 1, Ct);

        await PassesAsync(token);
    }

    [Fact]
    public async Task Its_last_use_is_written_once_a_minute()
    {
        await BeginAsync();
        var (source, token) = await App.CreateLoginTokenAsync(_owner, _resource, Ct);
        var first = App.Clock.GetUtcNow();
        await PassesAsync(token);
        await IsLastUsedAsync(source, first);

        App.Clock.Advance(TimeSpan.FromSeconds(59));
        await PassesAsync(token);
        var (other, otherToken) = await App.CreateLoginTokenAsync(_owner, _resource, Ct);
        await PassesAsync(otherToken);
        await IsLastUsedAsync(other, first.AddSeconds(59)); // What was noted before it is written by now.
        await IsLastUsedAsync(source, first);

        App.Clock.Advance(TimeSpan.FromSeconds(1));
        await PassesAsync(token);
        await IsLastUsedAsync(source, first.AddMinutes(1));
    }

    [Fact]
    public async Task A_bad_secret_is_no_use()
    {
        await BeginAsync();
        var (source, token) = await App.CreateLoginTokenAsync(_owner, _resource, Ct);
        var (other, otherToken) = await App.CreateLoginTokenAsync(_owner, _resource, Ct);

        await IsRefusedAsync($"rlt_{source}.{otherToken[^43..]}");
        await PassesAsync(otherToken);

        await IsLastUsedAsync(other, App.Clock.GetUtcNow());
        using var read = await Session.GetAsync($"/v1/resources/{_resource}/login-tokens/{source}", Ct);
        Assert.Equal("null", (await read.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("lastUsedDate").GetRawText());
        await PassesAsync(token);
    }

    [Fact]
    public async Task The_last_use_before_a_stop_is_written()
    {
        await BeginAsync();
        var (source, token) = await App.CreateLoginTokenAsync(_owner, _resource, Ct);
        var used = App.Clock.GetUtcNow();
        await PassesAsync(token);

        await App.RestartAsync(Ct);

        using var read = await Session.GetAsync($"/v1/resources/{_resource}/login-tokens/{source}", Ct);
        Assert.Equal(used, (await read.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("lastUsedDate").GetDateTimeOffset());
        await PassesAsync(token);
    }

    /// <summary>Another character that decodes to the same four bits.</summary>
    private static char WithStrayBits(char last)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return alphabet[alphabet.IndexOf(last, StringComparison.Ordinal) | 1];
    }

    private HttpClient Session => App.SessionOf(_owner);

    private async Task BeginAsync()
    {
        _owner = await App.NewOwnerAsync(Ct);
        _resource = await App.CreateResourceAsync(_owner, Ct);
    }

    private async Task PassesAsync(string token)
    {
        using var answer = await App.Bearing(token).GetAsync("/v1/resources", Ct);
        await answer.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct); // It is somebody, and no session.
    }

    private async Task IsRefusedAsync(string token)
    {
        using var answer = await App.Bearing(token).GetAsync("/health/live", Ct);
        await answer.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
    }

    /// <summary>Uses are written behind the requests: reads until this one is.</summary>
    private async Task IsLastUsedAsync(string source, DateTimeOffset expected)
    {
        while (true)
        {
            using var read = await Session.GetAsync($"/v1/resources/{_resource}/login-tokens/{source}", Ct);
            var date = (await read.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("lastUsedDate");
            if (date.ValueKind == System.Text.Json.JsonValueKind.String && date.GetDateTimeOffset() >= expected)
            {
                Assert.Equal(expected, date.GetDateTimeOffset());
                return;
            }
        }
    }

    public sealed class OnSqlite() : LoginTokensTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : LoginTokensTests(DatabaseProvider.Postgres);
}
