using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Storage;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Keys;

public sealed class SigningAtTwoNodesTests() : DatabaseTests(DatabaseProvider.Postgres)
{
    protected override (string Name, string Value)[] Settings => [("Repository:Issuer", "https://trust.example")];

    [Fact]
    public async Task A_token_of_one_verifies_with_the_keys_of_the_other()
    {
        await using var other = await App.StartNodeAsync(Ct);

        Assert.Equal(await App.JwksAsync(Ct), await other.JwksAsync(Ct));
        await other.AssertVerifiesAsync(await App.SignAsync(Ct), Ct);
        await App.AssertVerifiesAsync(await other.SignAsync(Ct), Ct);
    }

    [Fact]
    public async Task Nodes_that_start_together_make_one_first_key()
    {
        string[] tokens = [await App.MakeJoinTokenAsync(Ct), await App.MakeJoinTokenAsync(Ct), await App.MakeJoinTokenAsync(Ct)];
        await App.StopAsync(Ct);
        await App.ExecuteSqlAsync("DELETE FROM signing_keys", Ct);

        var others = tokens.Select(token => App.StartNodeAsync(Ct, ("Cluster:JoinToken", token))).ToList();
        await Task.WhenAll([App.StartAsync(Ct), .. others]);

        var jwks = await App.JwksAsync(Ct);
        foreach (var starting in others)
        {
            await using var other = await starting;
            Assert.Equal(jwks, await other.JwksAsync(Ct));
            await App.AssertVerifiesAsync(await other.SignAsync(Ct), Ct);
        }

        Assert.Equal(1L, await App.ScalarSqlAsync("SELECT COUNT(*) FROM signing_keys", Ct));
    }

    [Theory]
    [InlineData(29)]
    [InlineData(30)]
    [InlineData(400)]
    public async Task Nodes_that_rotate_together_make_one_key(int days)
    {
        await using var other = await App.StartNodeAsync(Ct);
        App.Clock.Advance(TimeSpan.FromDays(days));

        var tokens = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => (i % 2 == 0 ? App : other).SignAsync(Ct), Ct)));

        Assert.Single(tokens.Select(SigningCalls.KidOf).Distinct(StringComparer.Ordinal));
        Assert.Equal(await App.JwksAsync(Ct), await other.JwksAsync(Ct));
        Assert.Equal(2L, await App.ScalarSqlAsync("SELECT COUNT(*) FROM signing_keys", Ct));
        Assert.Equal(2, (await App.AuditEntriesAsync(Ct)).Count(entry => entry.GetProperty("action").ValueEquals("signing-key-created")));
        Assert.True(await App.IsAuditIntactAsync(Ct));
    }

    [Fact]
    public async Task A_key_that_another_node_made_out_of_turn_is_found_within_a_second()
    {
        await using var other = await App.StartNodeAsync(Ct);
        await other.RestartAsync(Ct, ("Tokens:SigningKeyLifetime", "00:00:10")); // Somebody set it otherwise here.
        App.Clock.Advance(TimeSpan.FromSeconds(20));
        var ring = App.Services.GetRequiredService<SigningKeyRing>();
        Assert.Null(await ring.FindAsync("unknown", Ct)); // It has just looked.
        var kid = SigningCalls.KidOf(await other.SignAsync(Ct));
        Assert.Null(await ring.FindAsync(kid, Ct));

        App.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(kid, (await ring.FindAsync(kid, Ct))?.Kid);
    }

    [Fact]
    public async Task What_another_node_made_out_of_turn_is_published_and_signs_within_a_second()
    {
        await using var other = await App.StartNodeAsync(Ct);
        await other.RestartAsync(Ct, ("Tokens:SigningKeyLifetime", "00:00:10"));
        App.Clock.Advance(TimeSpan.FromSeconds(20));
        await App.SignAsync(Ct);
        var kid = SigningCalls.KidOf(await other.SignAsync(Ct));

        App.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains(kid, await App.KidsAsync(Ct));
        Assert.Equal(kid, SigningCalls.KidOf(await App.SignAsync(Ct)));
    }

    [Fact]
    public async Task Keys_that_an_operator_takes_away_are_replaced_at_every_node_within_a_second_while_they_run()
    {
        await using var other = await App.StartNodeAsync(Ct);
        var token = await App.SignAsync(Ct);
        await other.AssertVerifiesAsync(token, Ct);
        await App.ExecuteSqlAsync("DELETE FROM signing_keys", Ct);

        App.Clock.Advance(TimeSpan.FromSeconds(1));

        var tokens = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => (i % 2 == 0 ? App : other).SignAsync(Ct), Ct)));
        var kid = Assert.Single(tokens.Select(SigningCalls.KidOf).Distinct(StringComparer.Ordinal));
        foreach (var node in (RepositoryApp[])[App, other])
        {
            Assert.Equal([kid], await node.KidsAsync(Ct));
            Assert.Null(await node.Services.GetRequiredService<TokenVerifier>().VerifyAsync(token, App.Issuer, Ct));
            Assert.NotNull(await node.Services.GetRequiredService<TokenVerifier>().VerifyAsync(tokens[0], App.Issuer, Ct));
        }
    }
}
