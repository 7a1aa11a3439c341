using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Storage;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Users;

/// <summary>What a user's program does, in its own words.</summary>
internal static class UserCalls
{
    /// <summary>The body of a registration with a genuine proof.</summary>
    public static JsonObject RegistrationOf(TestUser user)
    {
        var json = new JsonObject
        {
            ["userGuid"] = user.Guid,
            ["publicKey"] = user.PublicKeyPem,
            ["proof"] = user.RegistrationProof,
        };
        if (user.SealingKey is { } sealingKey)
        {
            json["sealingKey"] = sealingKey.Pem;
        }

        return json;
    }

    /// <summary>The body of a rotation from a user's present keys to others, with genuine proofs.</summary>
    public static JsonObject RotationOf(TestUser present, TestUser next, bool? revokeOld = null)
    {
        var json = new JsonObject
        {
            ["publicKey"] = next.PublicKeyPem,
            ["proof"] = next.RotationProof(next.Key),
            ["oldProof"] = next.RotationProof(present.Key),
        };
        if (next.SealingKey is { } sealingKey)
        {
            json["sealingKey"] = sealingKey.Pem;
        }

        if (revokeOld is { } revoke)
        {
            json["revokeOld"] = revoke;
        }

        return json;
    }

    extension(RepositoryApp app)
    {
        public Task<HttpResponseMessage> PostUserAsync(JsonNode json, CancellationToken ct, params (string Name, string Value)[] headers) =>
            RepositoryApp.SendAsync(app.Anonymous, HttpMethod.Post, "/v1/users", json.ToJsonString(), ct, headers);

        public Task<HttpResponseMessage> PutKeysAsync(string guid, JsonNode json, CancellationToken ct, params (string Name, string Value)[] headers) =>
            RepositoryApp.SendAsync(app.Anonymous, HttpMethod.Put, $"/v1/users/{guid}/keys", json.ToJsonString(), ct, headers);

        /// <summary>Registers a user.</summary>
        /// <returns>The user as the server shows it.</returns>
        public async Task<JsonElement> RegisterUserAsync(TestUser user, CancellationToken ct)
        {
            using var answer = await app.PostUserAsync(RegistrationOf(user), ct);
            return await answer.IsAsync(HttpStatusCode.Created, ct);
        }

        /// <summary>Registers a new user.</summary>
        public async Task<TestUser> RegisterUserAsync(CancellationToken ct, SigningKeyKind kind = SigningKeyKind.Ed25519)
        {
            var user = TestUser.Make(kind);
            await app.RegisterUserAsync(user, ct);
            return user;
        }

        /// <summary>Replaces a user's keys.</summary>
        /// <returns>The user as the server shows it.</returns>
        public async Task<JsonElement> RotateAsync(TestUser present, TestUser next, CancellationToken ct, bool? revokeOld = null)
        {
            using var answer = await app.PutKeysAsync(present.Guid, RotationOf(present, next, revokeOld), ct);
            return await answer.IsAsync(HttpStatusCode.OK, ct);
        }

        /// <summary>Disables (0) or enables (1) a user as the administrator.</summary>
        public Task<HttpResponseMessage> PatchUserAsync(string guid, int state, CancellationToken ct) =>
            PatchUserAsync(app.Administrator, guid, state, ct);

        /// <summary>Disables a user as itself.</summary>
        public Task<HttpResponseMessage> DisableItselfAsync(string guid, CancellationToken ct) =>
            PatchUserAsync(app.SessionOf(guid), guid, 0, ct);

        /// <summary>The user as anyone sees it.</summary>
        public async Task<JsonElement> UserAsync(string guid, CancellationToken ct)
        {
            using var answer = await app.Anonymous.GetAsync($"/v1/users/{guid}", ct);
            return await answer.IsAsync(HttpStatusCode.OK, ct);
        }

        /// <summary>How many keys the user has or had.</summary>
        public Task<int> CountKeysAsync(string guid, CancellationToken ct) => app.CountKeysAsync(guid, "1 = 1", ct);

        /// <summary>How many of the user's keys fit a condition, such as <c>revoked_date IS NOT NULL</c>.</summary>
        public async Task<int> CountKeysAsync(string guid, string condition, CancellationToken ct) => Convert.ToInt32(
            await app.ScalarSqlAsync($"SELECT COUNT(*) FROM user_keys WHERE user_guid = @p0 AND {condition}", ct, Convert.FromHexString(guid)),
            CultureInfo.InvariantCulture);
    }

    public static Task<HttpResponseMessage> PatchUserAsync(HttpClient client, string guid, int state, CancellationToken ct) =>
        RepositoryApp.SendAsync(client, HttpMethod.Patch, $"/v1/users/{guid}", $$"""{"state":{{state}}}""", ct);
}
