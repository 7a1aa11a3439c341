using System.Net;
using System.Text.Json.Nodes;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Users;

/// <summary>What a rotation is refused for, and in which order.</summary>
public sealed class RefusedRotationsTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private RepositoryApp App => shared.App;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("publicKey", "null")]
    [InlineData("publicKey", "7")]
    [InlineData("sealingKey", "false")]
    [InlineData("proof", "\"AAA\"")]
    [InlineData("proof", "null")]
    [InlineData("oldProof", "\"AAB=\"")]
    [InlineData("oldProof", "\"\"")]
    [InlineData("oldProof", "null")]
    [InlineData("revokeOld", "0")]
    [InlineData("revokeOld", "\"true\"")]
    [InlineData("userGuid", "\"8f434346648f6b96df89dda901c5176b\"")]
    public async Task Malformed_members_are_named_and_nothing_changes(string member, string value)
    {
        var user = await App.RegisterUserAsync(Ct);
        var json = UserCalls.RotationOf(user, user.With(TestKey.Make(SigningKeyKind.Ed25519)));
        json[member] = JsonNode.Parse(value);

        using var answer = await App.PutKeysAsync(user.Guid, json, Ct);

        await answer.InvalidAsync(Ct, member);
        Assert.Equal(user.PublicKeyPem, (await App.UserAsync(user.Guid, Ct)).GetProperty("publicKey").GetString());
    }

    [Theory]
    [InlineData("publicKey")]
    [InlineData("proof")]
    [InlineData("oldProof")]
    public async Task Missing_members_are_named(string member)
    {
        var user = await App.RegisterUserAsync(Ct);
        var json = UserCalls.RotationOf(user, user.With(TestKey.Make(SigningKeyKind.Ed25519)));
        json.Remove(member);

        using var answer = await App.PutKeysAsync(user.Guid, json, Ct);

        await answer.InvalidAsync(Ct, member);
    }

    [Fact]
    public async Task A_revokeOld_of_null_is_none()
    {
        var user = await App.RegisterUserAsync(Ct);
        var json = UserCalls.RotationOf(user, user.With(TestKey.Make(SigningKeyKind.Ed25519)));
        json["revokeOld"] = null;

        using var answer = await App.PutKeysAsync(user.Guid, json, Ct);

        await answer.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Equal(0, await App.CountKeysAsync(user.Guid, "revoked_date IS NOT NULL", Ct));
    }

    [Theory]
    [InlineData(SigningKeyKind.Ed25519)]
    [InlineData(SigningKeyKind.Rsa)]
    [InlineData(SigningKeyKind.P256)]
    public async Task Both_proofs_are_over_this_rotation_and_by_their_own_key(SigningKeyKind kind)
    {
        var user = await App.RegisterUserAsync(Ct, kind);
        var next = user.With(TestKey.Make(kind), TestSealingKey.Make());
        var signed = next.ProofBytes("repository-rotate-v1");
        var stranger = TestKey.Make(kind);
        byte[][] others =
        [
            next.ProofBytes("repository-user-v1"),
            user.ProofBytes("repository-rotate-v1"),
            (next with { Guid = TestUser.NewGuid() }).ProofBytes("repository-rotate-v1"),
            (next with { SealingKey = null }).ProofBytes("repository-rotate-v1"),
            (next with { SealingKey = TestSealingKey.Make() }).ProofBytes("repository-rotate-v1"),
        ];
        foreach (var other in others)
        {
            await AssertProofInvalidAsync(next.Key.Sign(other), user.Key.Sign(signed));
            await AssertProofInvalidAsync(next.Key.Sign(signed), user.Key.Sign(other));
        }

        await AssertProofInvalidAsync(user.Key.Sign(signed), next.Key.Sign(signed)); // The right two, changed places.
        await AssertProofInvalidAsync(user.Key.Sign(signed), user.Key.Sign(signed));
        await AssertProofInvalidAsync(next.Key.Sign(signed), next.Key.Sign(signed));
        await AssertProofInvalidAsync(next.Key.Sign(signed), stranger.Sign(signed));
        await AssertProofInvalidAsync(stranger.Sign(signed), user.Key.Sign(signed));
        Assert.Equal(user.PublicKeyPem, (await App.UserAsync(user.Guid, Ct)).GetProperty("publicKey").GetString());
        Assert.Equal(1, await App.CountKeysAsync(user.Guid, Ct));

        async Task AssertProofInvalidAsync(byte[] proof, byte[] oldProof)
        {
            var json = UserCalls.RotationOf(user, next);
            (json["proof"], json["oldProof"]) = (Convert.ToBase64String(proof), Convert.ToBase64String(oldProof));
            using var answer = await App.PutKeysAsync(user.Guid, json, Ct);
            await answer.RefusedAsync(HttpStatusCode.BadRequest, "proof-invalid", Ct);
        }
    }

    [Fact]
    public async Task Proofs_of_ecdsa_in_der_are_refused()
    {
        var user = await App.RegisterUserAsync(Ct, SigningKeyKind.P256);
        var next = user.With(TestKey.Make(SigningKeyKind.P256));
        var json = UserCalls.RotationOf(user, next);
        json["oldProof"] = Convert.ToBase64String(user.Key.SignAsDer(next.ProofBytes("repository-rotate-v1")));

        using var answer = await App.PutKeysAsync(user.Guid, json, Ct);

        await answer.RefusedAsync(HttpStatusCode.BadRequest, "proof-invalid", Ct);
    }

    [Fact]
    public async Task Refusals_come_in_the_order_of_the_contract()
    {
        var unknown = TestUser.Make();
        var user = await App.RegisterUserAsync(Ct);
        var json = UserCalls.RotationOf(user, user); // To the present key: key-reused, when all else is right.
        (json["publicKey"], json["proof"]) = ("no key", "no base64");
        using var validation = await App.PutKeysAsync(unknown.Guid, json, Ct);
        json["proof"] = "AAAA";
        using var key = await App.PutKeysAsync(unknown.Guid, json, Ct);
        (json["publicKey"], json["sealingKey"]) = (user.PublicKeyPem, "no key");
        using var sealing = await App.PutKeysAsync(unknown.Guid, json, Ct);
        json.Remove("sealingKey");
        using var nobody = await App.PutKeysAsync(unknown.Guid, json, Ct);
        using var disabled = await App.PatchUserAsync(user.Guid, 0, Ct);
        using var refused = await App.PutKeysAsync(user.Guid, json, Ct);
        using var enabled = await App.PatchUserAsync(user.Guid, 1, Ct);
        using var proof = await App.PutKeysAsync(user.Guid, json, Ct);
        using var reused = await App.PutKeysAsync(user.Guid, UserCalls.RotationOf(user, user), Ct);

        await validation.InvalidAsync(Ct, "proof");
        await key.RefusedAsync(HttpStatusCode.BadRequest, "key-unsupported", Ct);
        await sealing.RefusedAsync(HttpStatusCode.BadRequest, "key-unsupported", Ct);
        await nobody.RefusedAsync(HttpStatusCode.NotFound, "user-unknown", Ct);
        await refused.RefusedAsync(HttpStatusCode.Forbidden, "user-disabled", Ct);
        await proof.RefusedAsync(HttpStatusCode.BadRequest, "proof-invalid", Ct);
        await reused.RefusedAsync(HttpStatusCode.Conflict, "key-reused", Ct);
    }
}
