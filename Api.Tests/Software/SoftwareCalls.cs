using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Users;

namespace Repository.Api.Tests.Software;

/// <summary>What an issuer's program does with its software.</summary>
internal static class SoftwareCalls
{
    public static string NewGuid() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>What a creation sends.</summary>
    public static string Creation(string issuer, string guid, string name = "Clockwork", string? description = "Winds clocks.", string version = "1.0") =>
        new JsonObject
        {
            ["issuerGuid"] = issuer,
            ["softwareGuid"] = guid,
            ["name"] = name,
            ["description"] = description,
            ["version"] = version,
        }.ToJsonString();

    /// <summary>What a change sends.</summary>
    public static string Content(string name = "Clockwork", string? description = "Winds clocks.", string version = "1.0") =>
        new JsonObject { ["name"] = name, ["description"] = description, ["version"] = version }.ToJsonString();

    public static string ETagOf(HttpResponseMessage answer) => Assert.IsType<string>(answer.HeaderOf("ETag"));

    extension(RepositoryApp app)
    {
        /// <summary>Registers a user, for tests that need no key of it.</summary>
        /// <returns>Its guid.</returns>
        public async Task<string> NewIssuerAsync(CancellationToken ct) => (await app.RegisterUserAsync(ct)).Guid;

        /// <summary>What the audit log says of software.</summary>
        public async Task<List<string>> AuditedSoftwareAsync(CancellationToken ct) =>
            [.. (await app.AuditedAsync(ct)).Where(entry => entry.Contains(" software-", StringComparison.Ordinal))];

        /// <summary>Creates a software of this issuer, in a session of its own.</summary>
        /// <returns>Its guid.</returns>
        public async Task<string> CreateSoftwareAsync(string issuer, CancellationToken ct)
        {
            var guid = NewGuid();
            using var answer = await app.PostSoftwareAsync(issuer, guid, ct);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            return guid;
        }

        /// <summary>Posts a software of this issuer, in a session of its own.</summary>
        public Task<HttpResponseMessage> PostSoftwareAsync(string issuer, string guid, CancellationToken ct) =>
            PostSoftwareAsync(app.SessionOf(issuer), Creation(issuer, guid), ct);

        /// <summary>The software as anyone sees it, with its entity tag.</summary>
        public async Task<(JsonElement Software, string ETag)> SoftwareAsync(string guid, CancellationToken ct)
        {
            using var answer = await app.GetSoftwareAsync(guid, ct);
            return (await answer.IsAsync(HttpStatusCode.OK, ct), ETagOf(answer));
        }

        public Task<HttpResponseMessage> GetSoftwareAsync(string guid, CancellationToken ct) => app.Anonymous.GetAsync($"/v1/software/{guid}", ct);
    }

    extension(HttpClient client)
    {
        public Task<HttpResponseMessage> PostSoftwareAsync(string json, CancellationToken ct, params (string Name, string Value)[] headers) =>
            RepositoryApp.SendAsync(client, HttpMethod.Post, "/v1/software", json, ct, headers);

        public Task<HttpResponseMessage> PutSoftwareAsync(
            string guid,
            string json,
            CancellationToken ct,
            params (string Name, string Value)[] headers) =>
            RepositoryApp.SendAsync(client, HttpMethod.Put, $"/v1/software/{guid}", json, ct, headers);

        public Task<HttpResponseMessage> DeleteSoftwareAsync(string guid, CancellationToken ct, params (string Name, string Value)[] headers) =>
            RepositoryApp.SendAsync(client, HttpMethod.Delete, $"/v1/software/{guid}", null, ct, headers);
    }
}
