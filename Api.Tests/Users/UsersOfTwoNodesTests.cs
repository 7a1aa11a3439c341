using System.Net;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Users;

public sealed class UsersOfTwoNodesTests() : DatabaseTests(DatabaseProvider.Postgres)
{
    [Fact]
    public async Task Of_sixteen_registrations_of_one_guid_split_over_both_one_is_left()
    {
        await using var other = await App.StartNodeAsync(Ct);
        var name = TestUser.NewGuid();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16)
            .Select(i => (i % 2 == 0 ? App : other).PostUserAsync(UserCalls.RegistrationOf(TestUser.Make() with { Guid = name }), Ct)));

        var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        var created = (await RepositoryApp.JsonOf(winner, Ct)).GetRawText();
        Assert.Equal(created, (await App.UserAsync(name, Ct)).GetRawText());
        Assert.Equal(created, (await other.UserAsync(name, Ct)).GetRawText());
    }

    [Fact]
    public async Task Of_sixteen_rotations_from_one_key_split_over_both_one_is_done()
    {
        await using var other = await App.StartNodeAsync(Ct);
        var user = await App.RegisterUserAsync(Ct);
        var rotations = Enumerable.Range(0, 16).Select(_ => user.With(TestKey.Make(SigningKeyKind.Ed25519))).ToList();

        var answers = await Task.WhenAll(rotations
            .Select((next, i) => (i % 2 == 0 ? App : other).PutKeysAsync(user.Guid, UserCalls.RotationOf(user, next), Ct)));

        var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var loser in answers.Where(answer => answer != winner))
        {
            await loser.RefusedAsync(HttpStatusCode.BadRequest, "proof-invalid", Ct);
        }

        Assert.Equal(
            rotations[Array.IndexOf(answers, winner)].PublicKeyPem,
            (await other.UserAsync(user.Guid, Ct)).GetProperty("publicKey").GetString());
        Assert.Equal(2, await App.CountKeysAsync(user.Guid, Ct));
    }
}
