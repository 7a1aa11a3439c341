using System.Net;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Capabilities;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Keys;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Software;
using Repository.Api.Tests.Users;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Sessions;

public abstract class OpeningSessionsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Theory]
    [InlineData(SigningKeyKind.Ed25519, ClientHandshake.Ecdh)]
    [InlineData(SigningKeyKind.P256, ClientHandshake.Ecdh)]
    [InlineData(SigningKeyKind.Rsa, ClientHandshake.Ecdh)]
    [InlineData(SigningKeyKind.Rsa, ClientHandshake.Rsa)]
    public async Task A_handshake_gives_a_token_that_the_published_keys_verify(SigningKeyKind kind, string mode)
    {
        var user = await App.RegisterUserAsync(Ct, kind);
        var handshake = await App.BeginAsync(user, Ct, mode);
        using var answer = await App.PostSessionAsync(handshake.Request(), Ct);
        var json = await answer.IsAsync(HttpStatusCode.Created, Ct);

        var session = await App.OpenAnswerAsync(handshake, answer, Ct);

        Assert.Equal(["encryptedKey", "expiresDate", "sealedToken", "serverSignature", "sessionId"], Answers.MembersOf(json));
        Assert.Matches("^[0-9a-f]{32}$", session.SessionId);
        Assert.Equal($"/v1/sessions/{session.SessionId}", answer.HeaderOf("Location"));
        Assert.Equal("no-store", answer.HeaderOf("Cache-Control"));
        Assert.Equal(mode is ClientHandshake.Rsa ? JsonValueKind.String : JsonValueKind.Null, json.GetProperty("encryptedKey").ValueKind);
        Assert.Equal(64, json.GetProperty("serverSignature").GetBytesFromBase64().Length);
        await App.AssertVerifiesAsync(session.Token, Ct);
        Assert.True(await App.IsCredentialAsync(session.Token, Ct));
    }

    [Fact]
    public async Task The_token_says_whose_session_it_is_and_until_when()
    {
        App.Clock.Advance(TimeSpan.FromTicks(1_234_567));
        var (user, session) = await App.OpenSessionAsync(Ct);
        var now = App.Clock.GetUtcNow().ToUnixTimeSeconds();

        var claims = new JsonWebToken(session.Token);

        Assert.Equal(
            ["aud", "exp", "iat", "iss", "jti", "nbf", "sid", "sub"],
            claims.Claims.Select(claim => claim.Type).Order(StringComparer.Ordinal));
        Assert.Equal(App.Issuer, claims.Issuer);
        Assert.Equal([App.Issuer], claims.Audiences);
        Assert.Equal(user.Guid, claims.Subject);
        Assert.Equal(session.SessionId, claims.GetPayloadValue<string>("sid"));
        Assert.Equal(now, claims.GetPayloadValue<long>("iat"));
        Assert.Equal(now, claims.GetPayloadValue<long>("nbf"));
        Assert.Equal((now / 900 * 900) + 1800, claims.GetPayloadValue<long>("exp"));
        Assert.Equal(session.ExpiresDate, DateTimeOffset.FromUnixTimeSeconds(claims.GetPayloadValue<long>("exp")));
    }

    [Fact]
    public async Task A_session_acts_as_its_user_and_as_nobody_else()
    {
        var (user, session) = await App.OpenSessionAsync(Ct);
        var (other, _) = await App.OpenSessionAsync(Ct);
        using var client = App.As(session);

        using var own = await client.PostSoftwareAsync(SoftwareCalls.Creation(user.Guid, SoftwareCalls.NewGuid()), Ct);
        using var others = await client.PostSoftwareAsync(SoftwareCalls.Creation(other.Guid, SoftwareCalls.NewGuid()), Ct);
        using var administrators = await client.GetAsync("/v1/status", Ct);

        await own.IsAsync(HttpStatusCode.Created, Ct);
        await others.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        await administrators.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
    }

    [Fact]
    public async Task An_issuers_session_lists_its_seats_and_revokes_its_capabilities_and_anothers_lists_none()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var (machine, _) = await App.RegisterAsync(Ct);
        await App.ActivateAsync(capability, machine, Ct);
        using var issuer = App.As(await App.OpenSessionAsync(capability.Issuer, Ct));
        using var stranger = App.As((await App.OpenSessionAsync(Ct)).Session);
        var seats = $"/v1/capabilities/{capability.Guid}/activations";

        using var listed = await issuer.GetAsync(seats, Ct);
        using var hidden = await stranger.GetAsync(seats, Ct);
        using var revoked = await issuer.PostRevocationAsync(capability.Guid, capability.Json, Ct);

        var seat = Assert.Single((await listed.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("items").EnumerateArray());
        Assert.Equal(machine, seat.GetProperty("machineRegisterHash").GetString());
        Assert.NotEqual(HttpStatusCode.OK, hidden.StatusCode);
        await revoked.IsAsync(HttpStatusCode.OK, Ct);
        await App.AssertVerifiesAsync(capability.Json, Ct, "revoked");
    }

    [Fact]
    public async Task A_user_may_have_many_sessions_each_of_its_own()
    {
        var user = await App.RegisterUserAsync(Ct);

        var sessions = new List<ClientSession>();
        for (var i = 0; i < 3; i++)
        {
            sessions.Add(await App.OpenSessionAsync(user, Ct));
        }

        Assert.Equal(3, sessions.Select(session => session.SessionId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(3, sessions.Select(session => session.Token).Distinct(StringComparer.Ordinal).Count());
        foreach (var session in sessions)
        {
            Assert.True(await App.IsCredentialAsync(session.Token, Ct));
        }
    }

    [Fact]
    public async Task The_present_key_signs_and_no_earlier_one()
    {
        var user = await App.RegisterUserAsync(Ct);
        var next = user.With(TestKey.Make(SigningKeyKind.P256));
        await App.RotateAsync(user, next, Ct);

        using var earlier = await App.PostSessionAsync((await App.BeginAsync(user, Ct)).Request(), Ct);
        var session = await App.OpenSessionAsync(next, Ct);

        await earlier.RefusedAsync(HttpStatusCode.Unauthorized, "handshake-failed", Ct);
        Assert.True(await App.IsCredentialAsync(session.Token, Ct));
    }

    [Fact]
    public async Task Opening_and_ending_are_audited_as_the_users()
    {
        var (user, session) = await App.OpenSessionAsync(Ct);
        using var ended = await App.EndSessionAsync(session.SessionId, session, Ct);
        var (_, other) = await App.OpenSessionAsync(Ct);
        using var byAdministrator = await App.Administrator.DeleteAsync($"{SessionCalls.Path}/{other.SessionId}", Ct);
        using var again = await App.Administrator.DeleteAsync($"{SessionCalls.Path}/{other.SessionId}", Ct);

        var entries = await App.AuditEntriesAsync(Ct);
        Assert.Equal(
            [
                $"{user.Guid} session-opened {user.Guid}",
                $"{user.Guid} session-ended {user.Guid}",
                $"{other.UserGuid} session-opened {other.UserGuid}",
                $"administrator session-ended {other.UserGuid}",
            ],
            (await App.AuditedAsync(Ct)).Where(entry => entry.Contains(" session-", StringComparison.Ordinal)));
        Assert.All(
            entries.Where(entry => AuditCalls.Text(entry, "action").StartsWith("session-", StringComparison.Ordinal)),
            entry => Assert.Contains(
                entry.GetProperty("details").GetRawText(),
                (string[])[$$"""{"session":"{{session.SessionId}}"}""", $$"""{"session":"{{other.SessionId}}"}"""]));
        AuditCalls.AssertChain(entries);
    }

    public sealed class OnSqlite() : OpeningSessionsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : OpeningSessionsTests(DatabaseProvider.Postgres);
}
