using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Software;

namespace Repository.Api.Tests.Cluster;

/// <summary>What users do with clusters of their own.</summary>
internal static class UserClusterCalls
{
    public const string Path = "/v1/clusters";

    public static string NewUser() => SoftwareCalls.NewGuid();

    public static string NewName() => "c_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    extension(RepositoryApp app)
    {
        /// <summary>Creates a cluster in a session of this user's.</summary>
        /// <returns>Its id.</returns>
        public async Task<string> CreateClusterAsync(string user, CancellationToken ct, string? name = null, int maxSize = 64, int endpointCount = 1)
        {
            using var answer = await app.SessionOf(user).PostClusterAsync(
                $$"""{"name":"{{name ?? NewName()}}","maxSize":{{maxSize}},"endpointCount":{{endpointCount}}}""",
                ct);
            return (await answer.IsAsync(HttpStatusCode.Created, ct)).GetProperty("clusterId").GetString()!;
        }

        /// <summary>Lets a member in, in a session of this user's.</summary>
        public async Task<JsonElement> JoinAsync(string user, string cluster, TestMember member, CancellationToken ct)
        {
            using var answer = await app.SessionOf(user).PostMemberAsync(cluster, member, ct);
            return await answer.IsAsync(HttpStatusCode.Created, ct);
        }

        /// <summary>The cluster, as anyone sees it.</summary>
        public async Task<JsonElement> ClusterAsync(string cluster, CancellationToken ct)
        {
            using var answer = await app.Anonymous.GetAsync($"{Path}/{cluster}", ct);
            return await answer.IsAsync(HttpStatusCode.OK, ct);
        }

        /// <summary>The members' ids, as an administrator sees them.</summary>
        public async Task<List<string>> MemberIdsAsync(string cluster, CancellationToken ct, string which = "")
        {
            using var answer = await app.Administrator.GetAsync($"{Path}/{cluster}/members{which}", ct);
            var page = await answer.IsAsync(HttpStatusCode.OK, ct);
            Assert.Equal(JsonValueKind.Null, page.GetProperty("next").ValueKind);
            return [.. page.GetProperty("items").EnumerateArray().Select(member => member.GetProperty("nodeId").GetString()!)];
        }

        /// <summary>What the audit log says of clusters.</summary>
        public async Task<List<string>> AuditedClustersAsync(CancellationToken ct) =>
            [.. (await app.AuditedAsync(ct)).Where(entry => entry.Contains(" cluster-", StringComparison.Ordinal))];
    }

    extension(HttpClient client)
    {
        public Task<HttpResponseMessage> PostClusterAsync(string json, CancellationToken ct, params (string Name, string Value)[] headers) =>
            RepositoryApp.SendAsync(client, HttpMethod.Post, Path, json, ct, headers);

        public Task<HttpResponseMessage> PostMemberAsync(string cluster, TestMember member, CancellationToken ct) =>
            client.PostMemberAsync(cluster, member.ToJson().ToJsonString(), ct);

        public Task<HttpResponseMessage> PostMemberAsync(string cluster, string json, CancellationToken ct, params (string Name, string Value)[] headers) =>
            RepositoryApp.SendAsync(client, HttpMethod.Post, $"{Path}/{cluster}/members", json, ct, headers);

        public Task<HttpResponseMessage> DeleteMemberAsync(string cluster, string member, CancellationToken ct, params (string Name, string Value)[] headers) =>
            RepositoryApp.SendAsync(client, HttpMethod.Delete, $"{Path}/{cluster}/members/{member}", null, ct, headers);

        public Task<HttpResponseMessage> DeleteClusterAsync(string cluster, CancellationToken ct, params (string Name, string Value)[] headers) =>
            RepositoryApp.SendAsync(client, HttpMethod.Delete, $"{Path}/{cluster}", null, ct, headers);
    }
}
