using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Keys;
using Repository.Api.Tests.Users;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Sessions;

/// <summary>What a user's program does to have a session.</summary>
internal static class SessionCalls
{
    public const string Path = "/v1/sessions";
    public const string ChallengePath = "/v1/sessions/challenge";

    extension(RepositoryApp app)
    {
        public Task<HttpResponseMessage> PostChallengeAsync(string userGuid, CancellationToken ct) => RepositoryApp.SendAsync(
            app.Anonymous,
            HttpMethod.Post,
            ChallengePath,
            new JsonObject { ["userGuid"] = userGuid }.ToJsonString(),
            ct);

        /// <summary>Begins a handshake.</summary>
        public async Task<ClientHandshake> BeginAsync(TestUser user, CancellationToken ct, string mode = ClientHandshake.Ecdh)
        {
            using var answer = await app.PostChallengeAsync(user.Guid, ct);
            var json = await answer.IsAsync(HttpStatusCode.OK, ct);
            return new ClientHandshake(
                user,
                mode,
                json.GetProperty("challenge").GetBytesFromBase64(),
                json.GetProperty("serverPublicKey").GetBytesFromBase64());
        }

        public Task<HttpResponseMessage> PostSessionAsync(JsonNode json, CancellationToken ct, params (string Name, string Value)[] headers) =>
            RepositoryApp.SendAsync(app.Anonymous, HttpMethod.Post, Path, json.ToJsonString(), ct, headers);

        /// <summary>Ends a handshake that has begun, here or at another node.</summary>
        public async Task<ClientSession> FinishAsync(ClientHandshake handshake, CancellationToken ct)
        {
            using var answer = await app.PostSessionAsync(handshake.Request(), ct);
            return await app.OpenAnswerAsync(handshake, answer, ct);
        }

        /// <summary>What the client has after its handshake was answered.</summary>
        public async Task<ClientSession> OpenAnswerAsync(ClientHandshake handshake, HttpResponseMessage answer, CancellationToken ct)
        {
            var json = await answer.IsAsync(HttpStatusCode.Created, ct);
            return new ClientSession(
                handshake.User.Guid,
                json.GetProperty("sessionId").GetString()!,
                handshake.OpenToken(json, JsonElement.Parse(await app.JwksAsync(ct))),
                json.GetProperty("expiresDate").GetDateTimeOffset());
        }

        /// <summary>Opens a session of a registered user.</summary>
        public async Task<ClientSession> OpenSessionAsync(TestUser user, CancellationToken ct, string mode = ClientHandshake.Ecdh) =>
            await app.FinishAsync(await app.BeginAsync(user, ct, mode), ct);

        /// <summary>Opens a session of a new user.</summary>
        public async Task<(TestUser User, ClientSession Session)> OpenSessionAsync(CancellationToken ct, SigningKeyKind kind = SigningKeyKind.Ed25519)
        {
            var user = await app.RegisterUserAsync(ct, kind);
            return (user, await app.OpenSessionAsync(user, ct));
        }

        /// <summary>Calls with this session's token.</summary>
        public HttpClient As(ClientSession session) => app.Presenting(session.Token);

        /// <summary>Ends a session with another one, or with its own.</summary>
        public Task<HttpResponseMessage> EndSessionAsync(string sessionId, ClientSession caller, CancellationToken ct) =>
            app.As(caller).DeleteAsync($"{Path}/{sessionId}", ct);

        /// <summary>Whether a text is taken as a credential: a path that needs none refuses only bad ones.</summary>
        public async Task<bool> IsCredentialAsync(string presented, CancellationToken ct)
        {
            using var answer = await app.Presenting(presented).GetAsync("/health/live", ct);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return true;
            }

            await answer.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", ct);
            Assert.Equal("Bearer realm=\"repository\", error=\"invalid_token\"", answer.HeaderOf("WWW-Authenticate"));
            return false;
        }
    }
}

/// <summary>A session as the client knows it.</summary>
internal sealed record ClientSession(string UserGuid, string SessionId, string Token, DateTimeOffset ExpiresDate);
