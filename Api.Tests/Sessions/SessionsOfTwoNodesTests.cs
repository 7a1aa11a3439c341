using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Software;
using Repository.Api.Tests.Users;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Sessions;

public sealed class SessionsOfTwoNodesTests() : DatabaseTests(DatabaseProvider.Postgres)
{
    protected override (string Name, string Value)[] Settings => [("Repository:Issuer", "https://trust.example")];

    [Fact]
    public async Task A_handshake_ends_at_another_node_than_it_began()
    {
        await using var other = await App.StartNodeAsync(Ct);
        var user = await App.RegisterUserAsync(Ct);

        var session = await other.FinishAsync(await App.BeginAsync(user, Ct), Ct);

        using var created = await App.As(session).PostSoftwareAsync(SoftwareCalls.Creation(user.Guid, SoftwareCalls.NewGuid()), Ct);
        await created.IsAsync(HttpStatusCode.Created, Ct);
        Assert.True(await other.IsCredentialAsync(session.Token, Ct));
    }

    [Fact]
    public async Task Of_sixteen_handshakes_with_one_challenge_split_over_both_one_succeeds()
    {
        await using var other = await App.StartNodeAsync(Ct);
        var handshake = await App.BeginAsync(await App.RegisterUserAsync(Ct), Ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => (i % 2 == 0 ? App : other).PostSessionAsync(handshake.Request(), Ct)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task A_sign_out_counts_at_the_other_node_from_the_next_request_on()
    {
        await using var other = await App.StartNodeAsync(Ct);
        var (_, session) = await App.OpenSessionAsync(Ct);
        Assert.True(await other.IsCredentialAsync(session.Token, Ct));

        using var ended = await App.EndSessionAsync(session.SessionId, session, Ct);

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.False(await other.IsCredentialAsync(session.Token, Ct));
    }

    [Fact]
    public async Task Disabling_a_user_counts_at_the_other_node_from_the_next_request_on()
    {
        await using var other = await App.StartNodeAsync(Ct);
        var (user, session) = await App.OpenSessionAsync(Ct);
        Assert.True(await other.IsCredentialAsync(session.Token, Ct));

        using var disabled = await App.PatchUserAsync(user.Guid, 0, Ct);

        Assert.False(await other.IsCredentialAsync(session.Token, Ct));
    }

    [Fact]
    public async Task A_revoked_token_counts_at_no_node()
    {
        await using var other = await App.StartNodeAsync(Ct);
        var (_, session) = await App.OpenSessionAsync(Ct);
        Assert.True(await other.IsCredentialAsync(session.Token, Ct));

        using var revoked = await App.As(session).PostTokenAsync("revoke", session.Token, Ct);

        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.False(await other.IsCredentialAsync(session.Token, Ct));
        await other.AssertInactiveAsync(session.Token, Ct);
    }
}
