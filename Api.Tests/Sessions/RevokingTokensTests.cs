using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Keys;
using Repository.Api.Tests.Storage;
using Repository.Api.Tests.Users;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Sessions;

public abstract class RevokingTokensTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task A_user_revokes_the_token_of_its_session()
    {
        var user = await App.RegisterUserAsync(Ct);
        var (one, other) = (await App.OpenSessionAsync(user, Ct), await App.OpenSessionAsync(user, Ct));

        using var answer = await App.As(other).PostTokenAsync("revoke", one.Token, Ct);

        Assert.Equal("""{"active":false}""", (await answer.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
        Assert.False(await App.IsCredentialAsync(one.Token, Ct));
        await App.AssertInactiveAsync(one.Token, Ct);
        Assert.True(await App.IsCredentialAsync(other.Token, Ct));
    }

    [Fact]
    public async Task An_administrator_revokes_any()
    {
        var (activation, _, _) = await App.ActivationAsync(Ct);
        string[] tokens = [(await App.OpenSessionAsync(Ct)).Session.Token, activation, await App.TimeTokenAsync(Ct), await App.SignAsync(Ct)];
        foreach (var token in tokens)
        {
            Assert.True((await App.IntrospectAsync(token, Ct)).GetProperty("active").GetBoolean());

            using var answer = await App.Administrator.PostTokenAsync("revoke", token, Ct);

            await answer.IsAsync(HttpStatusCode.OK, Ct);
            await App.AssertInactiveAsync(token, Ct);
        }
    }

    [Fact]
    public async Task Anothers_is_not_ones_own_to_revoke()
    {
        var (_, mine) = await App.OpenSessionAsync(Ct);
        var (_, theirs) = await App.OpenSessionAsync(Ct);
        var (activation, _, _) = await App.ActivationAsync(Ct);
        foreach (var token in (string[])[theirs.Token, activation, await App.TimeTokenAsync(Ct)])
        {
            using var answer = await App.As(mine).PostTokenAsync("revoke", token, Ct);

            await answer.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
            Assert.True((await App.IntrospectAsync(token, Ct)).GetProperty("active").GetBoolean());
        }
    }

    [Fact]
    public async Task What_is_no_token_is_answered_as_if_it_had_been_one()
    {
        var (_, mine) = await App.OpenSessionAsync(Ct);
        var (_, theirs) = await App.OpenSessionAsync(Ct);
        var expired = ForgedToken.From(theirs.Token);
        expired.Payload["exp"] = 1;
        foreach (var token in (string[])["x", "a.b.c", theirs.Token[..^1], theirs.Token + "A", await expired.SignAsync(App, Ct)])
        {
            using var answer = await App.As(mine).PostTokenAsync("revoke", token, Ct);

            Assert.Equal("""{"active":false}""", (await answer.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
        }

        Assert.True(await App.IsCredentialAsync(theirs.Token, Ct));
    }

    [Fact]
    public async Task The_owner_of_a_resource_revokes_its_tokens_and_only_its()
    {
        var (owner, mine) = await App.OpenSessionAsync(Ct);
        var (_, theirs) = await App.OpenSessionAsync(Ct);
        var (activation, machine, _) = await App.ActivationAsync(Ct);
        var resource = TestUser.NewGuid();
        foreach (var guid in (string[])[resource, machine, theirs.UserGuid]) // Resources can be named as machines and users are.
        {
            await AddResourceAsync(guid, owner.Guid);
        }

        var token = await ResourceTokenAsync(resource);
        using var another = await App.As(theirs).PostTokenAsync("revoke", token, Ct);
        using var own = await App.As(mine).PostTokenAsync("revoke", token, Ct);
        using var machines = await App.As(mine).PostTokenAsync("revoke", activation, Ct);
        using var users = await App.As(mine).PostTokenAsync("revoke", theirs.Token, Ct);
        using var namedAsUser = await App.As(theirs).PostTokenAsync("revoke", await ResourceTokenAsync(theirs.UserGuid), Ct);

        await another.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        await own.IsAsync(HttpStatusCode.OK, Ct);
        await App.AssertInactiveAsync(token, Ct);
        await machines.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        await users.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        await namedAsUser.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
    }

    [Fact]
    public async Task Revoking_is_audited_once()
    {
        var user = await App.RegisterUserAsync(Ct);
        var (one, other) = (await App.OpenSessionAsync(user, Ct), await App.OpenSessionAsync(user, Ct));

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => App.As(other).PostTokenAsync("revoke", one.Token, Ct)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal($"{user.Guid} token-revoked {user.Guid}", Assert.Single(await App.AuditedAsync(Ct), entry => entry.Contains("token-revoked", StringComparison.Ordinal)));
        AuditCalls.AssertChain(await App.AuditEntriesAsync(Ct));
    }

    [Fact]
    public async Task An_idempotency_key_is_ignored()
    {
        var (_, session) = await App.OpenSessionAsync(Ct);
        using var client = App.As(session);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "one");
        using var before = await client.PostTokenAsync("introspect", session.Token, Ct);
        using var other = await client.PostTokenAsync("introspect", "x", Ct);
        using var revoked = await client.PostTokenAsync("revoke", "x", Ct);

        Assert.True((await before.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("active").GetBoolean());
        Assert.False((await other.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("active").GetBoolean());
        await revoked.IsAsync(HttpStatusCode.OK, Ct);
        Assert.False(other.IsReplay());
    }

    private async Task<string> ResourceTokenAsync(string resource)
    {
        var now = App.Clock.GetUtcNow();
        return await App.Services.GetRequiredService<TokenSigner>().SignAsync(
            new TokenClaims
            {
                Issuer = App.Issuer,
                Subject = resource,
                Audience = resource,
                Timecode = 0,
                NotBefore = now,
                ExpiresDate = now.AddMinutes(15),
            },
            Ct);
    }

    private Task<int> AddResourceAsync(string guid, string owner) => App.ExecuteSqlAsync(
        "INSERT INTO resources (resource_guid, owner_guid, name, allowed_peers, created_date, pinned_windows, is_deleted) VALUES (@p0, @p1, 'n', '\"own\"', 0, 0, @p2)",
        Ct,
        Convert.FromHexString(guid),
        Convert.FromHexString(owner),
        false);

    public sealed class OnSqlite() : RevokingTokensTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : RevokingTokensTests(DatabaseProvider.Postgres);
}
