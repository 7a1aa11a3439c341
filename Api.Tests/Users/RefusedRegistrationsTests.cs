using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Users;

/// <summary>What is refused before the database is asked, and in which order.</summary>
public sealed class RefusedRegistrationsTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private readonly TestUser _user = TestUser.Make() with { SealingKey = TestSealingKey.Make() };

    public static TheoryData<string, string> NoSigningKeys => UnsupportedKeys.Signing;

    public static TheoryData<string, string> NoSealingKeys => UnsupportedKeys.Sealing;

    private RepositoryApp App => shared.App;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("userGuid", "\"8F434346648f6b96df89dda901c5176b\"")]
    [InlineData("userGuid", "\"8f434346648f6b96df89dda901c5176\"")]
    [InlineData("userGuid", "\"\"")]
    [InlineData("userGuid", "null")]
    [InlineData("userGuid", "1")]
    [InlineData("publicKey", "null")]
    [InlineData("publicKey", "[]")]
    [InlineData("sealingKey", "5")]
    [InlineData("sealingKey", "{}")]
    [InlineData("proof", "null")]
    [InlineData("proof", "true")]
    [InlineData("proof", "\"\"")]
    [InlineData("proof", "\"AAA\"")]
    [InlineData("proof", "\"AAA=\\n\"")]
    [InlineData("proof", "\" AAA=\"")]
    [InlineData("proof", "\"AAB=\"")]
    [InlineData("proof", "\"AA==AA==\"")]
    [InlineData("proof", "\"====\"")]
    [InlineData("proof", "\"_-_-\"")]
    [InlineData("proof", "\"zebra!!!\"")]
    public async Task Malformed_members_are_named(string member, string value)
    {
        var json = UserCalls.RegistrationOf(_user);
        json[member] = JsonNode.Parse(value);

        using var answer = await App.PostUserAsync(json, Ct);

        await answer.InvalidAsync(Ct, member);
        await AssertUnknownAsync();
    }

    [Theory]
    [InlineData("userGuid")]
    [InlineData("publicKey")]
    [InlineData("proof")]
    public async Task Missing_members_are_named(string member)
    {
        var json = UserCalls.RegistrationOf(_user);
        json.Remove(member);

        using var answer = await App.PostUserAsync(json, Ct);

        await answer.InvalidAsync(Ct, member);
    }

    [Theory]
    [InlineData("state", "1")]
    [InlineData("oldProof", "\"AAAA\"")]
    [InlineData("UserGuid", "\"8f434346648f6b96df89dda901c5176b\"")]
    public async Task Unknown_members_are_named(string member, string value)
    {
        var json = UserCalls.RegistrationOf(_user);
        json[member] = JsonNode.Parse(value);

        using var answer = await App.PostUserAsync(json, Ct);

        await answer.InvalidAsync(Ct, member);
        await AssertUnknownAsync();
    }

    [Fact]
    public async Task A_proof_is_as_long_as_the_longest_signature_at_the_most()
    {
        var json = UserCalls.RegistrationOf(_user);
        json["proof"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(1024));
        using var longest = await App.PostUserAsync(json, Ct);
        json["proof"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(1025));
        using var longer = await App.PostUserAsync(json, Ct);

        await longest.RefusedAsync(HttpStatusCode.BadRequest, "proof-invalid", Ct);
        await longer.InvalidAsync(Ct, "proof");
    }

    [Theory]
    [MemberData(nameof(NoSigningKeys))]
    [Shows("key-unsupported")]
    public async Task A_public_key_that_is_none_is_refused(string what, string pem)
    {
        Assert.NotEmpty(what);
        var json = UserCalls.RegistrationOf(_user);
        json["publicKey"] = pem;

        using var answer = await App.PostUserAsync(json, Ct);

        await answer.RefusedAsync(HttpStatusCode.BadRequest, "key-unsupported", Ct);
        await AssertUnknownAsync();
    }

    [Theory]
    [MemberData(nameof(NoSealingKeys))]
    public async Task A_sealing_key_that_is_none_is_refused(string what, string pem)
    {
        Assert.NotEmpty(what);
        var json = UserCalls.RegistrationOf(_user);
        json["sealingKey"] = pem;

        using var answer = await App.PostUserAsync(json, Ct);

        await answer.RefusedAsync(HttpStatusCode.BadRequest, "key-unsupported", Ct);
        await AssertUnknownAsync();
    }

    [Theory]
    [InlineData(SigningKeyKind.Ed25519)]
    [InlineData(SigningKeyKind.Rsa)]
    [InlineData(SigningKeyKind.P256)]
    [Shows("proof-invalid")]
    public async Task A_proof_over_anything_else_is_refused(SigningKeyKind kind)
    {
        var user = TestUser.Make(kind) with { SealingKey = TestSealingKey.Make() };
        var signed = user.ProofBytes("repository-user-v1");
        byte[][] others =
        [
            (user with { Guid = TestUser.NewGuid() }).ProofBytes("repository-user-v1"),
            (user with { Key = TestKey.Make(kind) }).ProofBytes("repository-user-v1"),
            (user with { SealingKey = TestSealingKey.Make() }).ProofBytes("repository-user-v1"),
            (user with { SealingKey = null }).ProofBytes("repository-user-v1"),
            user.ProofBytes("repository-rotate-v1"),
            user.ProofBytes("repository-user-v2"),
            Encoding.ASCII.GetBytes(user.Guid),
            SHA256.HashData(signed),
            signed[..^1],
            [.. signed, 0],
            [],
        ];
        foreach (var other in others)
        {
            await AssertProofInvalidAsync(user, user.Key.Sign(other));
        }

        await AssertProofInvalidAsync(user, TestKey.Make(kind).Sign(signed));
        await AssertProofInvalidAsync(user, [.. user.Key.Sign(signed), 0]);
        await AssertProofInvalidAsync(user, user.Key.Sign(signed)[..^1]);
        await AssertProofInvalidAsync(user, [0]);
    }

    [Fact]
    public async Task A_proof_has_the_one_algorithm_of_its_kind_of_key()
    {
        var (rsa, p256) = (TestUser.Make(SigningKeyKind.Rsa), TestUser.Make(SigningKeyKind.P256));

        await AssertProofInvalidAsync(rsa, rsa.Sign(SignatureAlgorithm.PS256, rsa.ProofBytes("repository-user-v1")));
        await AssertProofInvalidAsync(p256, p256.Key.SignAsDer(p256.ProofBytes("repository-user-v1")));
    }

    [Fact]
    public async Task A_proof_without_a_sealing_key_is_not_one_with_it()
    {
        var json = UserCalls.RegistrationOf(_user);
        json.Remove("sealingKey");

        using var answer = await App.PostUserAsync(json, Ct);

        await answer.RefusedAsync(HttpStatusCode.BadRequest, "proof-invalid", Ct);
        await AssertUnknownAsync();
    }

    [Fact]
    public async Task Refusals_come_in_the_order_of_the_contract()
    {
        var taken = await App.RegisterUserAsync(Ct);
        var all = UserCalls.RegistrationOf(taken);
        (all["publicKey"], all["proof"]) = ("no key", "no base64");
        using var validation = await App.PostUserAsync(all, Ct);
        all["proof"] = "AAAA";
        using var key = await App.PostUserAsync(all, Ct);
        (all["publicKey"], all["sealingKey"]) = (taken.PublicKeyPem, "no key");
        using var sealing = await App.PostUserAsync(all, Ct);
        all.Remove("sealingKey");
        using var proof = await App.PostUserAsync(all, Ct);
        using var exists = await App.PostUserAsync(UserCalls.RegistrationOf(taken), Ct);

        await validation.InvalidAsync(Ct, "proof");
        await key.RefusedAsync(HttpStatusCode.BadRequest, "key-unsupported", Ct);
        await sealing.RefusedAsync(HttpStatusCode.BadRequest, "key-unsupported", Ct);
        await proof.RefusedAsync(HttpStatusCode.BadRequest, "proof-invalid", Ct);
        await exists.RefusedAsync(HttpStatusCode.Conflict, "user-exists", Ct);
    }

    [Theory]
    [InlineData("8F434346648f6b96df89dda901c5176b")]
    [InlineData("8f43")]
    [InlineData("me")]
    public async Task A_malformed_guid_in_the_path_is_refused(string spelling)
    {
        using var read = await App.Anonymous.GetAsync($"/v1/users/{spelling}", Ct);
        using var rotated = await App.PutKeysAsync(spelling, UserCalls.RotationOf(_user, _user), Ct);
        using var patched = await App.PatchUserAsync(spelling, 0, Ct);

        await read.InvalidAsync(Ct, "userGuid");
        await rotated.InvalidAsync(Ct, "userGuid");
        await patched.InvalidAsync(Ct, "userGuid");
    }

    private async Task AssertProofInvalidAsync(TestUser user, byte[] proof)
    {
        var json = UserCalls.RegistrationOf(user);
        json["proof"] = Convert.ToBase64String(proof);

        using var answer = await App.PostUserAsync(json, Ct);

        await answer.RefusedAsync(HttpStatusCode.BadRequest, "proof-invalid", Ct);
    }

    private async Task AssertUnknownAsync()
    {
        using var answer = await App.Anonymous.GetAsync($"/v1/users/{_user.Guid}", Ct);
        await answer.RefusedAsync(HttpStatusCode.NotFound, "user-unknown", Ct);
    }
}
