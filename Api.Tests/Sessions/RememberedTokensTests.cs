using System.Globalization;
using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Sessions;

/// <summary>A token that was verified is remembered, or not; whether it counts is read anew, so that the very next use knows it.</summary>
public abstract class RememberedTokensTests(DatabaseProvider provider, int remembered) : DatabaseTests(provider)
{
    protected override (string Name, string Value)[] Settings =>
        [("Tokens:VerifiedTokens", remembered.ToString(CultureInfo.InvariantCulture))];

    [Fact]
    public async Task An_end_is_seen_at_once()
    {
        var (_, session) = await App.OpenSessionAsync(Ct);
        Assert.True(await App.IsCredentialAsync(session.Token, Ct));
        Assert.True(await App.IsCredentialAsync(session.Token, Ct));

        using var ended = await App.EndSessionAsync(session.SessionId, session, Ct);

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.False(await App.IsCredentialAsync(session.Token, Ct));
        await App.AssertInactiveAsync(session.Token, Ct);
    }

    [Fact]
    public async Task A_revocation_is_seen_at_once()
    {
        var (token, _, _) = await App.ActivationAsync(Ct);
        Assert.True((await App.IntrospectAsync(token, Ct)).GetProperty("active").GetBoolean());

        using var revoked = await App.Administrator.PostTokenAsync("revoke", token, Ct);

        await App.AssertInactiveAsync(token, Ct);
    }

    [Fact]
    public async Task Another_signature_under_the_same_words_is_checked_on_its_own()
    {
        var (_, session) = await App.OpenSessionAsync(Ct);
        var (_, other) = await App.OpenSessionAsync(Ct);
        Assert.True(await App.IsCredentialAsync(session.Token, Ct));
        var forged = session.Token[..session.Token.LastIndexOf('.')] + other.Token[other.Token.LastIndexOf('.')..];

        Assert.False(await App.IsCredentialAsync(forged, Ct));
        Assert.False(await App.IsCredentialAsync(forged, Ct));
        Assert.True(await App.IsCredentialAsync(session.Token, Ct));
    }

    [Fact]
    public async Task More_tokens_than_are_remembered_are_verified_all_the_same()
    {
        var tokens = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            tokens.Add(await App.TimeTokenAsync(Ct));
        }

        foreach (var token in tokens.Concat(tokens))
        {
            Assert.True((await App.IntrospectAsync(token, Ct)).GetProperty("active").GetBoolean());
        }
    }

    public sealed class OnSqlite() : RememberedTokensTests(DatabaseProvider.Sqlite, 16_384);

    public sealed class OnPostgres() : RememberedTokensTests(DatabaseProvider.Postgres, 16_384);

    public sealed class OfTwoTokens() : RememberedTokensTests(DatabaseProvider.Sqlite, 2);

    public sealed class OfNone() : RememberedTokensTests(DatabaseProvider.Sqlite, 0);
}
