using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Software;

namespace Repository.Api.Tests.Resources;

/// <summary>What an owner does with its resources.</summary>
internal static class ResourceCalls
{
    public const string Path = "/v1/resources";

    public static string NewGuid() => SoftwareCalls.NewGuid();

    extension(RepositoryApp app)
    {
        /// <summary>Registers a user, for tests that need no key of it.</summary>
        /// <returns>Its guid.</returns>
        public Task<string> NewOwnerAsync(CancellationToken ct) => app.NewIssuerAsync(ct);

        /// <summary>Creates a resource in a session of its owner's.</summary>
        /// <returns>Its guid.</returns>
        public async Task<string> CreateResourceAsync(string owner, CancellationToken ct, string? allowedPeers = null)
        {
            var guid = NewGuid();
            var peers = allowedPeers is null ? "" : $",\"allowedPeers\":{allowedPeers}";
            using var answer = await app.SessionOf(owner).PostResourceAsync($$"""{"resourceGuid":"{{guid}}","name":"Press"{{peers}}}""", ct);
            await answer.IsAsync(HttpStatusCode.Created, ct);
            return guid;
        }

        /// <summary>Makes a login token in a session of the owner's.</summary>
        public async Task<(string Source, string Token)> CreateLoginTokenAsync(string owner, string resource, CancellationToken ct)
        {
            using var answer = await app.SessionOf(owner).PostLoginTokenAsync(resource, "{}", ct);
            var created = await answer.IsAsync(HttpStatusCode.Created, ct);
            return (created.GetProperty("sourceId").GetString()!, created.GetProperty("loginToken").GetString()!);
        }

        /// <summary>Calls with this credential.</summary>
        public HttpClient Bearing(string credential)
        {
            var client = app.SessionOf("");
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", credential);
            return client;
        }

        /// <summary>What the audit log says of resources and what is theirs.</summary>
        public async Task<List<string>> AuditedResourcesAsync(CancellationToken ct) =>
        [
            .. (await app.AuditedAsync(ct)).Where(entry =>
                entry.Contains(" resource-", StringComparison.Ordinal)
                || entry.Contains(" login-token-", StringComparison.Ordinal)
                || entry.Contains(" timecode-", StringComparison.Ordinal)),
        ];
    }

    extension(HttpClient client)
    {
        public Task<HttpResponseMessage> PostResourceAsync(string json, CancellationToken ct, params (string Name, string Value)[] headers) =>
            RepositoryApp.SendAsync(client, HttpMethod.Post, Path, json, ct, headers);

        public Task<HttpResponseMessage> GetResourceAsync(string guid, CancellationToken ct) => client.GetAsync($"{Path}/{guid}", ct);

        public Task<HttpResponseMessage> PatchResourceAsync(
            string guid,
            string json,
            CancellationToken ct,
            params (string Name, string Value)[] headers) =>
            RepositoryApp.SendAsync(client, HttpMethod.Patch, $"{Path}/{guid}", json, ct, headers);

        public Task<HttpResponseMessage> DeleteResourceAsync(string guid, CancellationToken ct, params (string Name, string Value)[] headers) =>
            RepositoryApp.SendAsync(client, HttpMethod.Delete, $"{Path}/{guid}", null, ct, headers);

        public Task<HttpResponseMessage> PostLoginTokenAsync(
            string resource,
            string? json,
            CancellationToken ct,
            params (string Name, string Value)[] headers) =>
            RepositoryApp.SendAsync(client, HttpMethod.Post, $"{Path}/{resource}/login-tokens", json, ct, headers);

        public Task<HttpResponseMessage> DeleteLoginTokenAsync(
            string resource,
            string source,
            CancellationToken ct,
            params (string Name, string Value)[] headers) =>
            RepositoryApp.SendAsync(client, HttpMethod.Delete, $"{Path}/{resource}/login-tokens/{source}", null, ct, headers);

        /// <summary>All items of a list, read in parts of two.</summary>
        public async Task<List<JsonElement>> PagedAsync(string path, CancellationToken ct)
        {
            var items = new List<JsonElement>();
            for (var after = ""; ;)
            {
                using var answer = await client.GetAsync($"{path}?limit=2{after}", ct);
                var page = await answer.IsAsync(HttpStatusCode.OK, ct);
                items.AddRange(page.GetProperty("items").EnumerateArray());
                if (page.GetProperty("next").GetString() is not { } next)
                {
                    return items;
                }

                after = $"&after={next}";
            }
        }
    }
}
