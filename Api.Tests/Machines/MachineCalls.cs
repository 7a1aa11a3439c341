using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Repository.Api.Tests.Hosting;

namespace Repository.Api.Tests.Machines;

/// <summary>What a machine's program does, in its own words.</summary>
internal static class MachineCalls
{
    public static string NewHash() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static string NewRequestId() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));

    extension(RepositoryApp app)
    {
        public Task<HttpResponseMessage> PostMachineAsync(string hash, CancellationToken ct, params (string Name, string Value)[] headers) =>
            RepositoryApp.SendAsync(app.Anonymous, HttpMethod.Post, "/v1/machines", $$"""{"machineRegisterHash":"{{hash}}"}""", ct, headers);

        public Task<HttpResponseMessage> PostSuccessorAsync(string hash, string previous, CancellationToken ct) => RepositoryApp.SendAsync(
            app.Anonymous,
            HttpMethod.Post,
            "/v1/machines",
            $$"""{"machineRegisterHash":"{{hash}}","previousMachineRegisterHash":"{{previous}}"}""",
            ct);

        public Task<HttpResponseMessage> PostVerifyAsync(
            string hash,
            string date,
            CancellationToken ct,
            string? requestId = null,
            params (string Name, string Value)[] headers)
        {
            var json = requestId is null
                ? $$"""{"lastAccessedDate":"{{date}}"}"""
                : $$"""{"lastAccessedDate":"{{date}}","requestId":"{{requestId}}"}""";
            return RepositoryApp.SendAsync(app.Anonymous, HttpMethod.Post, $"/v1/machines/{hash}/verify", json, ct, headers);
        }

        /// <summary>Registers a new machine.</summary>
        public async Task<(string Hash, string Date)> RegisterAsync(CancellationToken ct)
        {
            var hash = NewHash();
            using var answer = await app.PostMachineAsync(hash, ct);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            return (hash, await DateOf(answer, ct));
        }

        /// <summary>Verifies, and gets the next date.</summary>
        public async Task<string> VerifyAsync(string hash, string date, CancellationToken ct, string? requestId = null)
        {
            using var answer = await app.PostVerifyAsync(hash, date, ct, requestId);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await DateOf(answer, ct);
        }

        /// <summary>Disables (0) or enables (1) a machine as the administrator.</summary>
        public Task<HttpResponseMessage> PatchMachineAsync(string hash, int state, CancellationToken ct) =>
            RepositoryApp.SendAsync(app.Administrator, HttpMethod.Patch, $"/v1/machines/{hash}", $$"""{"hashState":{{state}}}""", ct);

        /// <summary>The administrator's view.</summary>
        public async Task<JsonElement> MachineAsync(string hash, CancellationToken ct)
        {
            using var answer = await app.Administrator.GetAsync($"/v1/machines/{hash}", ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await RepositoryApp.JsonOf(answer, ct);
        }

        /// <summary>All machines as the administrator sees them, or those that a filter such as <c>mismatched=true</c> leaves.</summary>
        public Task<IReadOnlyList<JsonElement>> MachinesAsync(CancellationToken ct, string filter = "") =>
            AllOfAsync(app, "/v1/machines", filter, ct);

        /// <summary>The entries of the audit log with this action.</summary>
        public async Task<IReadOnlyList<JsonElement>> AuditAsync(string action, CancellationToken ct) =>
            [.. (await AllOfAsync(app, "/v1/audit", "", ct)).Where(entry => entry.GetProperty("action").ValueEquals(action))];
    }

    private static async Task<IReadOnlyList<JsonElement>> AllOfAsync(RepositoryApp app, string path, string filter, CancellationToken ct)
    {
        var items = new List<JsonElement>();
        for (var after = ""; ;)
        {
            using var answer = await app.Administrator.GetAsync($"{path}?limit=200&{filter}{after}", ct);
            var page = await answer.IsAsync(HttpStatusCode.OK, ct);
            items.AddRange(page.GetProperty("items").EnumerateArray());
            if (page.GetProperty("next").GetString() is not { } next)
            {
                return items;
            }

            after = $"&after={next}";
        }
    }

    public static async Task<string> DateOf(HttpResponseMessage answer, CancellationToken ct) =>
        (await RepositoryApp.JsonOf(answer, ct)).GetProperty("lastAccessedDate").GetString()!;
}
