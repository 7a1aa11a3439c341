using System.Net;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Users;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Sessions;

/// <summary>Handshakes whose user changes after they were judged, and before their session is written.</summary>
public abstract class LateHandshakesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    protected override (string Name, string Value)[] Settings => [("Database:WriteConcurrency", "1")];

    [Fact]
    public async Task A_key_that_was_replaced_meanwhile_opens_nothing()
    {
        var user = await App.RegisterUserAsync(Ct);
        var next = user.With(TestKey.Make(SigningKeyKind.Ed25519));
        var handshake = await App.BeginAsync(user, Ct);
        await using var writer = await BlockedWriter.BlockAsync(App, Ct);
        var rotating = App.PutKeysAsync(user.Guid, UserCalls.RotationOf(user, next), Ct);
        await writer.WaitForQueuedAsync(1, Ct);
        var opening = App.PostSessionAsync(handshake.Request(), Ct);
        await writer.WaitForQueuedAsync(2, Ct);

        await writer.ReleaseAsync();

        using var rotated = await rotating;
        using var refused = await opening;
        await rotated.IsAsync(HttpStatusCode.OK, Ct);
        await refused.RefusedAsync(HttpStatusCode.Unauthorized, "handshake-failed", Ct);
        await App.FinishAsync(handshake with { User = next }, Ct); // Nor is the challenge spent.
    }

    [Fact]
    public async Task A_user_who_was_disabled_meanwhile_has_no_session_when_it_is_enabled_again()
    {
        var user = await App.RegisterUserAsync(Ct);
        var (before, after) = (await App.BeginAsync(user, Ct), await App.BeginAsync(user, Ct));
        await using var writer = await BlockedWriter.BlockAsync(App, Ct);
        var openingBefore = App.PostSessionAsync(before.Request(), Ct);
        await writer.WaitForQueuedAsync(1, Ct);
        var disabling = App.PatchUserAsync(user.Guid, 0, Ct);
        await writer.WaitForQueuedAsync(2, Ct);
        var openingAfter = App.PostSessionAsync(after.Request(), Ct);
        await writer.WaitForQueuedAsync(3, Ct);

        await writer.ReleaseAsync();

        using var opened = await openingBefore;
        using var disabled = await disabling;
        using var refused = await openingAfter;
        using var enabled = await App.PatchUserAsync(user.Guid, 1, Ct);
        var session = await App.OpenAnswerAsync(before, opened, Ct);
        Assert.False(await App.IsCredentialAsync(session.Token, Ct));
        await refused.RefusedAsync(HttpStatusCode.Unauthorized, "handshake-failed", Ct);
    }

    public sealed class OnSqlite() : LateHandshakesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : LateHandshakesTests(DatabaseProvider.Postgres);
}
