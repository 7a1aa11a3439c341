using System.Net;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Users;

public abstract class UpdatingUsersTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task A_user_disables_itself_and_an_administrator_enables_it()
    {
        var user = TestUser.Make() with { SealingKey = TestSealingKey.Make() };
        var registered = (await App.RegisterUserAsync(user, Ct)).GetRawText();

        using var disabled = await App.DisableItselfAsync(user.Guid, Ct);
        var seen = await App.UserAsync(user.Guid, Ct);
        using var enabled = await App.PatchUserAsync(user.Guid, 1, Ct);

        Assert.Equal(registered.Replace("\"state\":1", "\"state\":0", StringComparison.Ordinal), seen.GetRawText());
        Assert.Equal(seen.GetRawText(), (await disabled.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
        Assert.Equal(registered, (await enabled.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
        Assert.Equal(registered, (await App.UserAsync(user.Guid, Ct)).GetRawText());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_user_does_not_enable_itself(int state)
    {
        var user = await App.RegisterUserAsync(Ct);
        using var set = await App.PatchUserAsync(user.Guid, state, Ct);

        using var answer = await UserCalls.PatchUserAsync(App.SessionOf(user.Guid), user.Guid, 1, Ct);

        await answer.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        Assert.Equal(state, (await App.UserAsync(user.Guid, Ct)).GetProperty("state").GetInt32());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Others_change_nothing(int state)
    {
        var (user, other) = (await App.RegisterUserAsync(Ct), await App.RegisterUserAsync(Ct));

        using var stranger = await UserCalls.PatchUserAsync(App.SessionOf(other.Guid), user.Guid, state, Ct);
        using var anyone = await UserCalls.PatchUserAsync(App.Anonymous, user.Guid, state, Ct);

        await stranger.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        await anyone.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        Assert.StartsWith("Bearer ", anyone.HeaderOf("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Equal(1, (await App.UserAsync(user.Guid, Ct)).GetProperty("state").GetInt32());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task An_unknown_user_is_not_there(int state)
    {
        using var answer = await App.PatchUserAsync(TestUser.NewGuid(), state, Ct);

        await answer.RefusedAsync(HttpStatusCode.NotFound, "user-unknown", Ct);
    }

    [Fact]
    public async Task A_state_is_the_number_0_or_1()
    {
        var user = await App.RegisterUserAsync(Ct);
        string[] states = ["2", "-1", "\"0\"", "0.0", "1.5", "null", "false", "[]", "4294967296"];
        foreach (var json in states.Select(state => $$"""{"state":{{state}}}""").Append("{}"))
        {
            using var answer = await RepositoryApp.SendAsync(App.Administrator, HttpMethod.Patch, $"/v1/users/{user.Guid}", json, Ct);

            await answer.InvalidAsync(Ct, "state");
        }

        Assert.Equal(1, (await App.UserAsync(user.Guid, Ct)).GetProperty("state").GetInt32());
    }

    [Fact]
    public async Task Each_change_is_audited_once_and_what_changes_nothing_is_not()
    {
        var user = await App.RegisterUserAsync(Ct);
        using var alreadyEnabled = await App.PatchUserAsync(user.Guid, 1, Ct);
        using var disabled = await App.DisableItselfAsync(user.Guid, Ct);
        using var alreadyDisabled = await App.PatchUserAsync(user.Guid, 0, Ct);
        using var enabled = await App.PatchUserAsync(user.Guid, 1, Ct);
        using var forbidden = await UserCalls.PatchUserAsync(App.SessionOf(user.Guid), user.Guid, 1, Ct);
        using var exists = await App.PostUserAsync(UserCalls.RegistrationOf(user), Ct);
        await App.RotateAsync(user, user.With(TestKey.Make(SigningKeyKind.Ed25519)), Ct);

        Assert.Equal(HttpStatusCode.OK, alreadyEnabled.StatusCode);
        Assert.Equal(HttpStatusCode.OK, alreadyDisabled.StatusCode);
        Assert.Equal(
            [
                $"anonymous user-registered {user.Guid}",
                $"{user.Guid} user-disabled {user.Guid}",
                $"administrator user-enabled {user.Guid}",
                $"anonymous user-keys-replaced {user.Guid}",
            ],
            (await App.AuditedAsync(Ct)).Where(entry => entry.EndsWith(user.Guid, StringComparison.Ordinal)));
        AuditCalls.AssertChain(await App.AuditEntriesAsync(Ct));
    }

    public sealed class OnSqlite() : UpdatingUsersTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : UpdatingUsersTests(DatabaseProvider.Postgres);
}
