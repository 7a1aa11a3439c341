using System.Net;
using System.Text;
using System.Text.Json;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Software;
using Repository.Api.Tests.Users;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Capabilities;

/// <summary>What the programs of an issuer and of its customers do with capabilities.</summary>
internal static class CapabilityCalls
{
    public const string VerifyPath = "/v1/capabilities/verify";

    public static string SeatPath(string capability, string machine) => $"/v1/capabilities/{capability}/activations/{machine}";

    /// <summary>The codes of an answer's or a problem's <c>reasons</c>, in its order.</summary>
    public static string[] ReasonsOf(JsonElement json) =>
        [.. json.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("code").GetString()!)];

    extension(RepositoryApp app)
    {
        /// <summary>Registers an issuer, and a software of its own.</summary>
        public async Task<(TestUser Issuer, string Software)> IssuerAsync(CancellationToken ct, SigningKeyKind kind = SigningKeyKind.Ed25519)
        {
            var issuer = await app.RegisterUserAsync(ct, kind);
            return (issuer, await app.CreateSoftwareAsync(issuer.Guid, ct));
        }

        /// <summary>A capability of one seat, for anyone and for ever, of a new issuer.</summary>
        public async Task<TestCapability> NewCapabilityAsync(CancellationToken ct, SigningKeyKind kind = SigningKeyKind.Ed25519)
        {
            var (issuer, software) = await app.IssuerAsync(ct, kind);
            return TestCapability.Of(issuer, software);
        }

        public Task<HttpResponseMessage> PostVerifyCapabilityAsync(byte[] file, CancellationToken ct, string? machineHash = null) =>
            BodyCalls.PostAsync(app.Anonymous, VerifyPathFor(machineHash), file, "application/json", ct);

        /// <summary>Verifies a file that can be read.</summary>
        /// <returns>The answer's body.</returns>
        public async Task<JsonElement> VerifyCapabilityAsync(string json, CancellationToken ct, string? machineHash = null)
        {
            using var answer = await app.PostVerifyCapabilityAsync(Encoding.UTF8.GetBytes(json), ct, machineHash);
            return await answer.IsAsync(HttpStatusCode.OK, ct);
        }

        /// <summary>Verifying says exactly this: valid, or these reasons in this order.</summary>
        /// <returns>The answer's body.</returns>
        public Task<JsonElement> AssertVerifiesAsync(string json, CancellationToken ct, params string[] reasons) =>
            app.AssertVerifiesOnAsync(null, json, ct, reasons);

        /// <summary>The same with a machine.</summary>
        public async Task<JsonElement> AssertVerifiesOnAsync(string? machine, string json, CancellationToken ct, params string[] reasons)
        {
            var answer = await app.VerifyCapabilityAsync(json, ct, machine);
            Assert.Equal(reasons, ReasonsOf(answer));
            Assert.Equal(reasons.Length == 0, answer.GetProperty("valid").GetBoolean());
            Assert.All(answer.GetProperty("reasons").EnumerateArray(), reason =>
            {
                Assert.Equal(["code", "detail"], Answers.MembersOf(reason));
                Assert.NotEmpty(reason.GetProperty("detail").GetString()!);
            });
            return answer;
        }

        public Task<HttpResponseMessage> PutSeatAsync(
            TestCapability capability,
            string machine,
            CancellationToken ct,
            params (string Name, string Value)[] headers) =>
            RepositoryApp.SendAsync(app.Anonymous, HttpMethod.Put, SeatPath(capability.Guid, machine), capability.Json, ct, headers);

        /// <summary>Claims a seat for a machine that has none.</summary>
        /// <returns>The answer's body.</returns>
        public async Task<JsonElement> ActivateAsync(TestCapability capability, string machine, CancellationToken ct)
        {
            using var answer = await app.PutSeatAsync(capability, machine, ct);
            return await answer.IsAsync(HttpStatusCode.Created, ct);
        }

        public Task<HttpResponseMessage> DeleteSeatAsync(
            TestCapability capability,
            string machine,
            CancellationToken ct,
            params (string Name, string Value)[] headers) =>
            RepositoryApp.SendAsync(app.Anonymous, HttpMethod.Delete, SeatPath(capability.Guid, machine), capability.Json, ct, headers);

        /// <summary>Releases a machine's seat as someone who holds the file.</summary>
        public async Task ReleaseAsync(TestCapability capability, string machine, CancellationToken ct)
        {
            using var answer = await app.DeleteSeatAsync(capability, machine, ct);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        /// <summary>Revokes a capability by its file, as its issuer.</summary>
        /// <returns>The answer's body.</returns>
        public async Task<JsonElement> RevokeAsync(TestCapability capability, CancellationToken ct)
        {
            using var session = app.SessionOf(capability.Issuer.Guid);
            using var answer = await session.PostRevocationAsync(capability.Guid, capability.Json, ct);
            return await answer.IsAsync(HttpStatusCode.OK, ct);
        }

        public Task<HttpResponseMessage> GetCapabilityAsync(string guid, CancellationToken ct) =>
            app.Anonymous.GetAsync($"/v1/capabilities/{guid}", ct);
    }

    /// <summary>Revokes with any body, as whoever the client is.</summary>
    public static Task<HttpResponseMessage> PostRevocationAsync(
        this HttpClient client,
        string guid,
        string json,
        CancellationToken ct,
        params (string Name, string Value)[] headers) =>
        RepositoryApp.SendAsync(client, HttpMethod.Post, $"/v1/capabilities/{guid}/revocation", json, ct, headers);

    private static string VerifyPathFor(string? machineHash) => machineHash is null ? VerifyPath : $"{VerifyPath}?machineHash={machineHash}";
}
