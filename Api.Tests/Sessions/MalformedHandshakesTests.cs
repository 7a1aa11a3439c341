using System.Net;
using System.Text.Json.Nodes;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Users;

namespace Repository.Api.Tests.Sessions;

public sealed class MalformedHandshakesTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private RepositoryApp App => shared.App;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("userGuid", null)]
    [InlineData("userGuid", "")]
    [InlineData("userGuid", "0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("userGuid", "0123456789abcdef0123456789abcde")]
    [InlineData("challenge", null)]
    [InlineData("challenge", "")]
    [InlineData("challenge", "AAA")]
    [InlineData("challenge", "AA_-")]
    [InlineData("challenge", "AAAA AAAA")]
    [InlineData("signature", null)]
    [InlineData("signature", "?")]
    [InlineData("signature", "AB==")]
    [InlineData("keyAgreement", null)]
    [InlineData("keyAgreement", "")]
    [InlineData("keyAgreement", "ECDH")]
    [InlineData("keyAgreement", "x25519")]
    [InlineData("clientPublicKey", null)]
    [InlineData("clientPublicKey", "")]
    [InlineData("clientPublicKey", "AAAA")]
    [InlineData("clientPublicKey", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_member_that_is_missing_or_misspelt_is_named(string member, string? text)
    {
        var json = (await App.BeginAsync(TestUser.Make(), Ct)).Request();
        json[member] = text;

        using var answer = await App.PostSessionAsync(json, Ct);
        json.Remove(member);
        using var without = await App.PostSessionAsync(json, Ct);

        await answer.InvalidAsync(Ct, member);
        await without.InvalidAsync(Ct, member);
    }

    [Theory]
    [InlineData("challenge", 513)]
    [InlineData("clientPublicKey", 31)]
    [InlineData("clientPublicKey", 33)]
    public async Task A_member_of_another_size_is_named(string member, int size)
    {
        var json = (await App.BeginAsync(TestUser.Make(), Ct)).Request();
        json[member] = Convert.ToBase64String(new byte[size]);

        using var answer = await App.PostSessionAsync(json, Ct);

        await answer.InvalidAsync(Ct, member);
    }

    [Fact]
    public async Task Rsa_mode_needs_no_client_key_and_takes_one_of_32_bytes_only()
    {
        var json = (await App.BeginAsync(TestUser.Make(), Ct, ClientHandshake.Rsa)).Request();
        json["clientPublicKey"] = Convert.ToBase64String(new byte[31]);

        using var answer = await App.PostSessionAsync(json, Ct);

        await answer.InvalidAsync(Ct, "clientPublicKey");
    }

    [Theory]
    [InlineData("{}", "userGuid")]
    [InlineData("""{"userGuid":null}""", "userGuid")]
    [InlineData("""{"userGuid":7}""", "userGuid")]
    [InlineData("""{"userGuid":"xyz"}""", "userGuid")]
    [InlineData("""{"userGuid":"0123456789abcdef0123456789abcdef","more":1}""", "more")]
    public async Task A_challenge_is_for_a_user_guid(string json, string member)
    {
        using var answer = await RepositoryApp.SendAsync(App.Anonymous, HttpMethod.Post, SessionCalls.ChallengePath, json, Ct);

        await answer.InvalidAsync(Ct, member);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public async Task A_session_id_is_32_lower_case_hex_digits(string id)
    {
        using var answer = await App.Administrator.DeleteAsync($"{SessionCalls.Path}/{id}", Ct);

        await answer.InvalidAsync(Ct, "sessionId");
    }

    [Fact]
    public async Task Ending_a_session_takes_a_credential()
    {
        using var answer = await App.Anonymous.DeleteAsync($"{SessionCalls.Path}/{new string('0', 32)}", Ct);

        await answer.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
    }
}
