using System.Net;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Domain.Cryptography;
using Repository.Domain.Users;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Users;

public abstract class ReplacingKeysTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Theory]
    [InlineData(SigningKeyKind.Ed25519, SigningKeyKind.Rsa)]
    [InlineData(SigningKeyKind.Rsa, SigningKeyKind.P256)]
    [InlineData(SigningKeyKind.P256, SigningKeyKind.Ed25519)]
    public async Task A_key_is_replaced_by_one_of_any_kind(SigningKeyKind from, SigningKeyKind to)
    {
        var user = await App.RegisterUserAsync(Ct, from);
        App.Clock.Advance(TimeSpan.FromHours(1));
        var next = user.With(TestKey.Make(to), TestSealingKey.Make());

        var replaced = await App.RotateAsync(user, next, Ct);

        Assert.Equal(
            ["userGuid", "state", "publicKey", "sealingKey", "registeredDate"],
            replaced.EnumerateObject().Select(member => member.Name));
        Assert.Equal(user.Guid, replaced.GetProperty("userGuid").GetString());
        Assert.Equal("1", replaced.GetProperty("state").GetRawText());
        Assert.Equal(next.PublicKeyPem, replaced.GetProperty("publicKey").GetString());
        Assert.Equal(next.SealingKey!.Pem, replaced.GetProperty("sealingKey").GetString());
        Assert.Equal("2026-11-21T19:19:00.0000000Z", replaced.GetProperty("registeredDate").GetString());
        Assert.Equal(replaced.GetRawText(), (await App.UserAsync(user.Guid, Ct)).GetRawText());
    }

    [Fact]
    public async Task Without_a_sealing_key_there_is_none_from_then_on()
    {
        var user = TestUser.Make() with { SealingKey = TestSealingKey.Make() };
        await App.RegisterUserAsync(user, Ct);

        var replaced = await App.RotateAsync(user, user.With(TestKey.Make(SigningKeyKind.Ed25519)), Ct);

        Assert.Equal("null", replaced.GetProperty("sealingKey").GetRawText());
        Assert.Equal("null", (await App.UserAsync(user.Guid, Ct)).GetProperty("sealingKey").GetRawText());
    }

    [Fact]
    [Shows("too-many-keys")]
    public async Task A_user_has_64_keys_that_verify_and_no_more()
    {
        var user = await App.RegisterUserAsync(Ct);
        for (var i = 1; i < UserKey.MaxUnrevoked; i++)
        {
            var added = user.With(TestKey.Make(SigningKeyKind.Ed25519));
            await App.RotateAsync(user, added, Ct);
            user = added;
        }

        var next = user.With(TestKey.Make(SigningKeyKind.Ed25519));
        using var refused = await App.PutKeysAsync(user.Guid, UserCalls.RotationOf(user, next), Ct);
        await refused.RefusedAsync(HttpStatusCode.Conflict, "too-many-keys", Ct);

        // In place of a revoked one there is room for one, and for no more.
        await App.RotateAsync(user, next, Ct, revokeOld: true);
        using var again = await App.PutKeysAsync(user.Guid, UserCalls.RotationOf(next, next.With(TestKey.Make(SigningKeyKind.Ed25519))), Ct);
        await again.RefusedAsync(HttpStatusCode.Conflict, "too-many-keys", Ct);
        Assert.Equal(UserKey.MaxUnrevoked + 1, await App.CountKeysAsync(user.Guid, Ct));
    }

    [Fact]
    public async Task Keys_are_replaced_again_and_again_and_every_one_is_remembered()
    {
        var user = await App.RegisterUserAsync(Ct);
        for (var i = 0; i < 4; i++)
        {
            App.Clock.Advance(TimeSpan.FromDays(1));
            var next = user.With(TestKey.Make(i % 2 == 0 ? SigningKeyKind.P256 : SigningKeyKind.Ed25519));
            await App.RotateAsync(user, next, Ct);
            user = next;
        }

        Assert.Equal(user.PublicKeyPem, (await App.UserAsync(user.Guid, Ct)).GetProperty("publicKey").GetString());
        Assert.Equal(5, await App.CountKeysAsync(user.Guid, Ct));
        Assert.Equal(1, await App.CountKeysAsync(user.Guid, "replaced_date IS NULL", Ct));
        Assert.Equal(0, await App.CountKeysAsync(user.Guid, "revoked_date IS NOT NULL", Ct));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Only_the_key_that_is_replaced_is_revoked_and_only_on_demand(bool? revokeOld, int revoked)
    {
        var first = await App.RegisterUserAsync(Ct);
        var second = first.With(TestKey.Make(SigningKeyKind.Ed25519));
        var third = first.With(TestKey.Make(SigningKeyKind.Ed25519));
        await App.RotateAsync(first, second, Ct);

        await App.RotateAsync(second, third, Ct, revokeOld);

        var hash = Convert.ToHexStringLower(second.Key.Hash);
        var isSecond = Provider == DatabaseProvider.Postgres ? $"encode(key_hash, 'hex') = '{hash}'" : $"lower(hex(key_hash)) = '{hash}'";
        Assert.Equal(revoked, await App.CountKeysAsync(first.Guid, "revoked_date IS NOT NULL", Ct));
        Assert.Equal(revoked, await App.CountKeysAsync(first.Guid, $"revoked_date = replaced_date AND {isSecond}", Ct));
        Assert.Equal(2, await App.CountKeysAsync(first.Guid, "replaced_date IS NOT NULL", Ct));
        var entries = await App.AuditAsync("user-keys-replaced", Ct);
        Assert.Equal("""{"revokedOld":false}""", entries[0].GetProperty("details").GetRawText());
        Assert.Equal(revoked == 1 ? """{"revokedOld":true}""" : """{"revokedOld":false}""", entries[1].GetProperty("details").GetRawText());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Shows("key-reused")]
    public async Task A_key_that_the_user_has_or_had_is_refused(bool revokeOld)
    {
        var first = await App.RegisterUserAsync(Ct);
        var second = first.With(TestKey.Make(SigningKeyKind.Rsa), TestSealingKey.Make());
        await App.RotateAsync(first, second, Ct, revokeOld);
        var before = await App.UserAsync(first.Guid, Ct);
        var head = await App.AuditEndAsync(Ct);

        using var present = await App.PutKeysAsync(first.Guid, UserCalls.RotationOf(second, second.With(second.Key, TestSealingKey.Make())), Ct);
        using var former = await App.PutKeysAsync(first.Guid, UserCalls.RotationOf(second, first, revokeOld: true), Ct);

        await present.RefusedAsync(HttpStatusCode.Conflict, "key-reused", Ct);
        await former.RefusedAsync(HttpStatusCode.Conflict, "key-reused", Ct);
        Assert.Equal(before.GetRawText(), (await App.UserAsync(first.Guid, Ct)).GetRawText());
        Assert.Equal(2, await App.CountKeysAsync(first.Guid, Ct));
        Assert.Equal(revokeOld ? 1 : 0, await App.CountKeysAsync(first.Guid, "revoked_date IS NOT NULL", Ct));
        Assert.Equal(head, await App.AuditEndAsync(Ct));
    }

    [Fact]
    public async Task A_key_of_another_user_is_not_reused()
    {
        var (user, other) = (await App.RegisterUserAsync(Ct), await App.RegisterUserAsync(Ct));

        var replaced = await App.RotateAsync(user, user.With(other.Key), Ct);

        Assert.Equal(other.PublicKeyPem, replaced.GetProperty("publicKey").GetString());
    }

    [Fact]
    public async Task The_very_same_rotation_is_done_once()
    {
        var user = await App.RegisterUserAsync(Ct);
        var rotation = UserCalls.RotationOf(user, user.With(TestKey.Make(SigningKeyKind.Ed25519)));
        using var first = await App.PutKeysAsync(user.Guid, rotation, Ct);

        using var again = await App.PutKeysAsync(user.Guid, rotation, Ct);

        await first.IsAsync(HttpStatusCode.OK, Ct);
        await again.RefusedAsync(HttpStatusCode.BadRequest, "proof-invalid", Ct);
        Assert.Single(await App.AuditAsync("user-keys-replaced", Ct));
    }

    [Fact]
    public async Task A_replaced_key_replaces_nothing_any_more()
    {
        var first = await App.RegisterUserAsync(Ct);
        var second = first.With(TestKey.Make(SigningKeyKind.Ed25519));
        await App.RotateAsync(first, second, Ct);

        using var answer = await App.PutKeysAsync(first.Guid, UserCalls.RotationOf(first, first.With(TestKey.Make(SigningKeyKind.Ed25519))), Ct);

        await answer.RefusedAsync(HttpStatusCode.BadRequest, "proof-invalid", Ct);
        Assert.Equal(second.PublicKeyPem, (await App.UserAsync(first.Guid, Ct)).GetProperty("publicKey").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_sixteen_rotations_from_one_key_at_once_exactly_one_is_done(bool toOneKey)
    {
        var user = await App.RegisterUserAsync(Ct);
        var key = TestKey.Make(SigningKeyKind.Ed25519);
        var rotations = Enumerable.Range(0, 16)
            .Select(i => user.With(toOneKey ? key : TestKey.Make(SigningKeyKind.Ed25519), TestSealingKey.Make()))
            .ToList();

        var answers = await Task.WhenAll(rotations.Select((next, i) =>
            App.PutKeysAsync(user.Guid, UserCalls.RotationOf(user, next, revokeOld: i % 2 == 0), Ct)));

        var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var loser in answers.Where(answer => answer != winner))
        {
            await loser.RefusedAsync(HttpStatusCode.BadRequest, "proof-invalid", Ct);
        }

        var at = Array.IndexOf(answers, winner);
        var stored = await App.UserAsync(user.Guid, Ct);
        Assert.Equal((await RepositoryApp.JsonOf(winner, Ct)).GetRawText(), stored.GetRawText());
        Assert.Equal(rotations[at].PublicKeyPem, stored.GetProperty("publicKey").GetString());
        Assert.Equal(rotations[at].SealingKey!.Pem, stored.GetProperty("sealingKey").GetString());
        Assert.Equal(2, await App.CountKeysAsync(user.Guid, Ct));
        Assert.Equal(at % 2 == 0 ? 1 : 0, await App.CountKeysAsync(user.Guid, "revoked_date IS NOT NULL", Ct));
        Assert.Single(await App.AuditAsync("user-keys-replaced", Ct));
    }

    [Fact]
    [Shows("user-disabled")]
    public async Task A_disabled_user_keeps_its_keys_until_it_is_enabled()
    {
        var user = await App.RegisterUserAsync(Ct);
        var next = user.With(TestKey.Make(SigningKeyKind.P256));
        using var disabled = await App.PatchUserAsync(user.Guid, 0, Ct);

        using var refused = await App.PutKeysAsync(user.Guid, UserCalls.RotationOf(user, next), Ct);
        using var enabled = await App.PatchUserAsync(user.Guid, 1, Ct);

        await refused.RefusedAsync(HttpStatusCode.Forbidden, "user-disabled", Ct);
        await App.RotateAsync(user, next, Ct);
    }

    [Fact]
    public async Task Rotations_and_a_disabling_at_once_leave_a_disabled_user_with_one_present_key()
    {
        var user = await App.RegisterUserAsync(Ct);
        var rotations = Enumerable.Range(0, 15).Select(_ => user.With(TestKey.Make(SigningKeyKind.Ed25519)));

        var answers = await Task.WhenAll([
            App.PatchUserAsync(user.Guid, 0, Ct),
            .. rotations.Select(next => App.PutKeysAsync(user.Guid, UserCalls.RotationOf(user, next), Ct)),
        ]);

        var done = answers.Skip(1).Count(answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.InRange(done, 0, 1);
        Assert.All(answers.Skip(1), answer => Assert.Contains(
            answer.StatusCode,
            (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.Forbidden]));
        Assert.Equal(HttpStatusCode.OK, answers[0].StatusCode);
        Assert.Equal(0, (await App.UserAsync(user.Guid, Ct)).GetProperty("state").GetInt32());
        Assert.Equal(1 + done, await App.CountKeysAsync(user.Guid, Ct));
        Assert.Equal(1, await App.CountKeysAsync(user.Guid, "replaced_date IS NULL", Ct));
        using var late = await App.PutKeysAsync(user.Guid, UserCalls.RotationOf(user, user.With(TestKey.Make(SigningKeyKind.Ed25519))), Ct);
        await late.RefusedAsync(HttpStatusCode.Forbidden, "user-disabled", Ct);
    }

    public sealed class OnSqlite() : ReplacingKeysTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : ReplacingKeysTests(DatabaseProvider.Postgres);
}
