using System.Net;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Users;

/// <summary>Rotations whose user changes after their proofs were verified, and before they are written.</summary>
public abstract class LateRotationsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    protected override (string Name, string Value)[] Settings => [("Database:WriteConcurrency", "1")];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_that_wait_the_second_is_refused_and_stays_refused(bool toOneKey)
    {
        var user = await App.RegisterUserAsync(Ct);
        var first = user.With(TestKey.Make(SigningKeyKind.Ed25519));
        var second = toOneKey ? first : user.With(TestKey.Make(SigningKeyKind.Ed25519));
        await using var writer = await BlockedWriter.BlockAsync(App, Ct);
        var winning = App.PutKeysAsync(user.Guid, UserCalls.RotationOf(user, first), Ct);
        await writer.WaitForQueuedAsync(1, Ct);
        var json = UserCalls.RotationOf(user, second, revokeOld: true);
        var losing = App.PutKeysAsync(user.Guid, json, Ct, ("Idempotency-Key", "the-key"));
        await writer.WaitForQueuedAsync(2, Ct);

        await writer.ReleaseAsync();

        using var winner = await winning;
        using var loser = await losing;
        using var loserAgain = await App.PutKeysAsync(user.Guid, json, Ct, ("Idempotency-Key", "the-key"));
        await winner.IsAsync(HttpStatusCode.OK, Ct);
        await loser.RefusedAsync(HttpStatusCode.BadRequest, "proof-invalid", Ct);
        await loserAgain.AssertReplaysAsync(loser, Ct);
        Assert.Equal(first.PublicKeyPem, (await App.UserAsync(user.Guid, Ct)).GetProperty("publicKey").GetString());
        Assert.Equal(2, await App.CountKeysAsync(user.Guid, Ct));
        Assert.Equal(0, await App.CountKeysAsync(user.Guid, "revoked_date IS NOT NULL", Ct));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_counts_is_whether_the_user_is_disabled_when_it_is_written(bool enabledAgain)
    {
        var user = await App.RegisterUserAsync(Ct);
        var next = user.With(TestKey.Make(SigningKeyKind.Ed25519));
        await using var writer = await BlockedWriter.BlockAsync(App, Ct);
        var disabling = App.PatchUserAsync(user.Guid, 0, Ct);
        await writer.WaitForQueuedAsync(1, Ct);
        var enabling = App.PatchUserAsync(user.Guid, enabledAgain ? 1 : 0, Ct);
        await writer.WaitForQueuedAsync(2, Ct);
        var rotating = App.PutKeysAsync(user.Guid, UserCalls.RotationOf(user, next), Ct);
        await writer.WaitForQueuedAsync(3, Ct);

        await writer.ReleaseAsync();

        using var disabled = await disabling;
        using var enabled = await enabling;
        using var rotated = await rotating;
        if (enabledAgain)
        {
            await rotated.IsAsync(HttpStatusCode.OK, Ct);
        }
        else
        {
            await rotated.RefusedAsync(HttpStatusCode.Forbidden, "user-disabled", Ct);
        }

        var present = (enabledAgain ? next : user).PublicKeyPem;
        Assert.Equal(present, (await App.UserAsync(user.Guid, Ct)).GetProperty("publicKey").GetString());
        Assert.Equal(enabledAgain ? 2 : 1, await App.CountKeysAsync(user.Guid, Ct));
    }

    public sealed class OnSqlite() : LateRotationsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : LateRotationsTests(DatabaseProvider.Postgres);
}
