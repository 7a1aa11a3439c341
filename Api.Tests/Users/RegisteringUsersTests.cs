using System.Net;
using System.Text.Json.Nodes;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Users;

public abstract class RegisteringUsersTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private static readonly string[] Members = ["userGuid", "state", "publicKey", "sealingKey", "registeredDate"];

    [Theory]
    [InlineData(SigningKeyKind.Ed25519)]
    [InlineData(SigningKeyKind.Rsa)]
    [InlineData(SigningKeyKind.P256)]
    public async Task A_user_is_created_at_its_address_with_exactly_the_members_of_the_contract(SigningKeyKind kind)
    {
        App.Clock.Advance(TimeSpan.FromTicks(123_456_789));
        var user = TestUser.Make(kind);

        using var answer = await App.PostUserAsync(UserCalls.RegistrationOf(user), Ct);

        var created = await answer.IsAsync(HttpStatusCode.Created, Ct);
        Assert.Equal($"/v1/users/{user.Guid}", answer.HeaderOf("Location"));
        Assert.Equal("application/json; charset=utf-8", answer.HeaderOf("Content-Type"));
        Assert.Equal(Members, created.EnumerateObject().Select(member => member.Name));
        Assert.Equal(user.Guid, created.GetProperty("userGuid").GetString());
        Assert.Equal("1", created.GetProperty("state").GetRawText());
        Assert.Equal(user.PublicKeyPem, created.GetProperty("publicKey").GetString());
        Assert.Equal("null", created.GetProperty("sealingKey").GetRawText());
        Assert.Equal("2026-11-21T19:19:12.3456789Z", created.GetProperty("registeredDate").GetString());
        Assert.Equal(created.GetRawText(), (await App.UserAsync(user.Guid, Ct)).GetRawText());
    }

    [Fact]
    public async Task A_guid_of_128_bits_is_as_good()
    {
        var user = TestUser.Make() with { Guid = TestUser.NewGuid()[..32] };

        var created = await App.RegisterUserAsync(user, Ct);

        Assert.Equal(user.Guid, created.GetProperty("userGuid").GetString());
        Assert.Equal(created.GetRawText(), (await App.UserAsync(user.Guid, Ct)).GetRawText());
    }

    [Theory]
    [InlineData(SigningKeyKind.Ed25519)]
    [InlineData(SigningKeyKind.Rsa)]
    [InlineData(SigningKeyKind.P256)]
    public async Task A_sealing_key_is_kept_and_shown(SigningKeyKind kind)
    {
        var user = TestUser.Make(kind) with { SealingKey = TestSealingKey.Make() };

        var created = await App.RegisterUserAsync(user, Ct);

        Assert.Equal(user.SealingKey.Pem, created.GetProperty("sealingKey").GetString());
        Assert.Equal(created.GetRawText(), (await App.UserAsync(user.Guid, Ct)).GetRawText());
    }

    [Fact]
    public async Task A_sealing_key_of_null_is_none()
    {
        var user = TestUser.Make();
        var json = UserCalls.RegistrationOf(user);
        json["sealingKey"] = null;

        using var answer = await App.PostUserAsync(json, Ct);

        Assert.Equal("null", (await answer.IsAsync(HttpStatusCode.Created, Ct)).GetProperty("sealingKey").GetRawText());
    }

    [Theory]
    [InlineData(2056)]
    [InlineData(3072)]
    public async Task Rsa_keys_of_other_sizes_are_taken(int bits)
    {
        var user = new TestUser(TestUser.NewGuid(), TestKey.Make(SigningKeyKind.Rsa, bits));

        var created = await App.RegisterUserAsync(user, Ct);

        Assert.Equal(user.PublicKeyPem, created.GetProperty("publicKey").GetString());
    }

    [Fact]
    public async Task Pkcs1_and_empty_labels_are_read_and_come_back_as_spki()
    {
        var key = TestKey.Make(SigningKeyKind.Rsa);
        var pkcs1 = key.ToPkcs1Pem();
        string[] spellings =
        [
            pkcs1,
            pkcs1.Replace("RSA PUBLIC KEY", string.Empty, StringComparison.Ordinal),
            key.Pem.Replace("PUBLIC KEY", string.Empty, StringComparison.Ordinal),
            key.Pem.Replace("\n", "\r\n", StringComparison.Ordinal),
            key.Pem.TrimEnd(),
        ];
        foreach (var spelling in spellings)
        {
            var user = new TestUser(TestUser.NewGuid(), key);
            var json = UserCalls.RegistrationOf(user); // Its proof is over the SPKI, whatever the spelling.
            json["publicKey"] = spelling;

            using var answer = await App.PostUserAsync(json, Ct);

            Assert.Equal(key.Pem, (await answer.IsAsync(HttpStatusCode.Created, Ct)).GetProperty("publicKey").GetString());
            Assert.Equal(key.Pem, (await App.UserAsync(user.Guid, Ct)).GetProperty("publicKey").GetString());
        }
    }

    [Fact]
    public async Task One_key_may_be_that_of_several_users()
    {
        var first = await App.RegisterUserAsync(Ct);

        var second = await App.RegisterUserAsync(first with { Guid = TestUser.NewGuid() }, Ct);

        Assert.Equal(first.PublicKeyPem, second.GetProperty("publicKey").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Shows("user-exists")]
    public async Task The_first_registration_stays_whatever_the_key_of_the_next(bool sameKey)
    {
        var user = await App.RegisterUserAsync(Ct);
        var before = await App.UserAsync(user.Guid, Ct);
        var next = (sameKey ? user : TestUser.Make(SigningKeyKind.P256) with { Guid = user.Guid }) with { SealingKey = TestSealingKey.Make() };

        using var answer = await App.PostUserAsync(UserCalls.RegistrationOf(next), Ct);

        await answer.RefusedAsync(HttpStatusCode.Conflict, "user-exists", Ct);
        Assert.Equal(before.GetRawText(), (await App.UserAsync(user.Guid, Ct)).GetRawText());
        Assert.Equal(1, await App.CountKeysAsync(user.Guid, Ct));
        Assert.Single(await App.AuditAsync("user-registered", Ct));
    }

    [Fact]
    public async Task A_disabled_user_still_has_its_guid()
    {
        var user = await App.RegisterUserAsync(Ct);
        using var disabled = await App.PatchUserAsync(user.Guid, 0, Ct);

        using var answer = await App.PostUserAsync(UserCalls.RegistrationOf(user), Ct);

        await answer.RefusedAsync(HttpStatusCode.Conflict, "user-exists", Ct);
        Assert.Equal(0, (await App.UserAsync(user.Guid, Ct)).GetProperty("state").GetInt32());
    }

    [Fact]
    public async Task Of_sixteen_registrations_of_one_guid_at_once_exactly_one_is_left()
    {
        var guid = TestUser.NewGuid();
        var users = Enumerable.Range(0, 16).Select(_ => TestUser.Make() with { Guid = guid, SealingKey = TestSealingKey.Make() }).ToList();

        var answers = await Task.WhenAll(users.Select(user => App.PostUserAsync(UserCalls.RegistrationOf(user), Ct)));

        var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var loser in answers.Where(answer => answer != winner))
        {
            await loser.RefusedAsync(HttpStatusCode.Conflict, "user-exists", Ct);
        }

        var stored = await App.UserAsync(guid, Ct);
        Assert.Equal((await RepositoryApp.JsonOf(winner, Ct)).GetRawText(), stored.GetRawText());
        var owner = users[Array.IndexOf(answers, winner)];
        Assert.Equal(owner.PublicKeyPem, stored.GetProperty("publicKey").GetString());
        Assert.Equal(owner.SealingKey!.Pem, stored.GetProperty("sealingKey").GetString());
        Assert.Equal(1, await App.CountKeysAsync(guid, Ct));
        Assert.Single(await App.AuditAsync("user-registered", Ct));
    }

    [Fact]
    [Shows("user-unknown")]
    public async Task An_unknown_user_is_not_there()
    {
        using var answer = await App.Anonymous.GetAsync($"/v1/users/{TestUser.NewGuid()}", Ct);

        await answer.RefusedAsync(HttpStatusCode.NotFound, "user-unknown", Ct);
    }

    [Fact]
    public async Task The_examples_of_the_description_are_genuine()
    {
        var paths = JsonNode.Parse(await App.Anonymous.GetStringAsync("/swagger/v1/swagger.json", Ct))!["paths"]!;
        var registration = ExampleOf(paths["/v1/users"]!["post"]!);
        var rotation = ExampleOf(paths["/v1/users/{userGuid}/keys"]!["put"]!);

        using var registered = await App.PostUserAsync(registration, Ct);
        using var rotated = await App.PutKeysAsync(registration["userGuid"]!.GetValue<string>(), rotation, Ct);

        await registered.IsAsync(HttpStatusCode.Created, Ct);
        await rotated.IsAsync(HttpStatusCode.OK, Ct);

        static JsonNode ExampleOf(JsonNode operation) => operation["requestBody"]!["content"]!["application/json"]!["example"]!;
    }

    public sealed class OnSqlite() : RegisteringUsersTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : RegisteringUsersTests(DatabaseProvider.Postgres);
}
