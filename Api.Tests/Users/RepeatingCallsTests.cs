using System.Net;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Users;

/// <summary><c>Idempotency-Key</c> where signatures are judged before the write: their refusals count too.</summary>
public abstract class RepeatingCallsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private static readonly (string Name, string Value) Key = ("Idempotency-Key", "the-key");

    [Fact]
    public async Task A_repeated_registration_gets_the_first_answer()
    {
        var json = UserCalls.RegistrationOf(TestUser.Make());
        using var first = await App.PostUserAsync(json, Ct, Key);

        using var again = await App.PostUserAsync(json, Ct, Key);

        await first.IsAsync(HttpStatusCode.Created, Ct);
        await again.AssertReplaysAsync(first, Ct);
        Assert.Single(await App.AuditAsync("user-registered", Ct));
    }

    [Fact]
    public async Task A_repeated_rotation_gets_the_first_answer_though_its_proof_is_stale()
    {
        var user = await App.RegisterUserAsync(Ct);
        var json = UserCalls.RotationOf(user, user.With(TestKey.Make(SigningKeyKind.Ed25519)));
        using var first = await App.PutKeysAsync(user.Guid, json, Ct, Key);

        using var again = await App.PutKeysAsync(user.Guid, json, Ct, Key);

        await first.IsAsync(HttpStatusCode.OK, Ct);
        await again.AssertReplaysAsync(first, Ct);
        Assert.Single(await App.AuditAsync("user-keys-replaced", Ct));
    }

    [Fact]
    public async Task Refusals_are_stored_and_validation_is_not()
    {
        var user = TestUser.Make();
        var json = UserCalls.RegistrationOf(user);
        json["proof"] = "no base64";
        using var invalid = await App.PostUserAsync(json, Ct, ("Idempotency-Key", "k1"));
        json["proof"] = "AAAA";
        using var proof = await App.PostUserAsync(json, Ct, ("Idempotency-Key", "k1"));
        using var proofAgain = await App.PostUserAsync(json, Ct, ("Idempotency-Key", "k1"));
        json["publicKey"] = "no key";
        using var other = await App.PostUserAsync(json, Ct, ("Idempotency-Key", "k1"));
        using var key = await App.PostUserAsync(json, Ct, ("Idempotency-Key", "k2"));
        using var keyAgain = await App.PostUserAsync(json, Ct, ("Idempotency-Key", "k2"));

        await invalid.InvalidAsync(Ct, "proof");
        await proof.RefusedAsync(HttpStatusCode.BadRequest, "proof-invalid", Ct);
        await proofAgain.AssertReplaysAsync(proof, Ct);
        await other.RefusedAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused", Ct);
        await key.RefusedAsync(HttpStatusCode.BadRequest, "key-unsupported", Ct);
        await keyAgain.AssertReplaysAsync(key, Ct);
    }

    [Fact]
    public async Task What_was_refused_stays_refused_though_it_would_now_be_done()
    {
        var user = TestUser.Make();
        var rotation = UserCalls.RotationOf(user, user.With(TestKey.Make(SigningKeyKind.Ed25519)));
        using var unknown = await App.PutKeysAsync(user.Guid, rotation, Ct, ("Idempotency-Key", "k1"));
        await App.RegisterUserAsync(user, Ct);
        using var disabling = await App.PatchUserAsync(user.Guid, 0, Ct);
        using var disabled = await App.PutKeysAsync(user.Guid, rotation, Ct, ("Idempotency-Key", "k2"));
        using var enabling = await App.PatchUserAsync(user.Guid, 1, Ct);

        using var unknownAgain = await App.PutKeysAsync(user.Guid, rotation, Ct, ("Idempotency-Key", "k1"));
        using var disabledAgain = await App.PutKeysAsync(user.Guid, rotation, Ct, ("Idempotency-Key", "k2"));

        await unknown.RefusedAsync(HttpStatusCode.NotFound, "user-unknown", Ct);
        await disabled.RefusedAsync(HttpStatusCode.Forbidden, "user-disabled", Ct);
        await unknownAgain.AssertReplaysAsync(unknown, Ct);
        await disabledAgain.AssertReplaysAsync(disabled, Ct);
        Assert.Equal(user.PublicKeyPem, (await App.UserAsync(user.Guid, Ct)).GetProperty("publicKey").GetString());
    }

    [Fact]
    public async Task A_repeated_disabling_does_not_undo_what_came_after_it()
    {
        var user = await App.RegisterUserAsync(Ct);
        using var disabled = await KeyedDisableAsync(user.Guid);
        using var enabled = await App.PatchUserAsync(user.Guid, 1, Ct);

        using var again = await KeyedDisableAsync(user.Guid);

        await again.AssertReplaysAsync(disabled, Ct);
        Assert.Equal(1, (await App.UserAsync(user.Guid, Ct)).GetProperty("state").GetInt32());
    }

    private Task<HttpResponseMessage> KeyedDisableAsync(string userGuid) =>
        RepositoryApp.SendAsync(App.SessionOf(userGuid), HttpMethod.Patch, $"/v1/users/{userGuid}", """{"state":0}""", Ct, Key);

    public sealed class OnSqlite() : RepeatingCallsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : RepeatingCallsTests(DatabaseProvider.Postgres);
}
