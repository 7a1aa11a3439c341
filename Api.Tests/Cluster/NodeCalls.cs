using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Cluster;

namespace Repository.Api.Tests.Cluster;

/// <summary>What an administrator of several nodes does, and what the nodes do by themselves.</summary>
internal static class NodeCalls
{
    public const string Path = "/v1/cluster";
    public const string NodesPath = "/v1/cluster/nodes";
    public const string TokensPath = "/v1/cluster/join-tokens";

    extension(RepositoryApp app)
    {
        public string NodeId => app.Services.GetRequiredService<NodeIdentity>().Id.ToString();

        public ServingState Serving => app.Services.GetRequiredService<ServingState>();

        /// <summary>The nodes as this caller sees them.</summary>
        public static async Task<List<JsonElement>> NodesAsync(HttpClient client, CancellationToken ct)
        {
            using var answer = await client.GetAsync(Path, ct);
            return [.. (await answer.IsAsync(HttpStatusCode.OK, ct)).GetProperty("nodes").EnumerateArray()];
        }

        /// <summary>What the administrator sees of a node.</summary>
        public async Task<JsonElement> NodeAsync(string nodeId, CancellationToken ct) =>
            Assert.Single(await RepositoryApp.NodesAsync(app.Administrator, ct), node => node.GetProperty("nodeId").ValueEquals(nodeId));

        public async Task<string> StateOfAsync(string nodeId, CancellationToken ct) => (await app.NodeAsync(nodeId, ct)).GetProperty("state").GetString()!;

        public Task<HttpResponseMessage> PatchNodeAsync(string nodeId, string state, CancellationToken ct) => RepositoryApp.SendAsync(
            app.Administrator,
            HttpMethod.Patch,
            $"{NodesPath}/{nodeId}",
            new JsonObject { ["state"] = state }.ToJsonString(),
            ct);

        /// <summary>Changes what a node may do.</summary>
        public async Task SetNodeAsync(string nodeId, string state, CancellationToken ct)
        {
            using var answer = await app.PatchNodeAsync(nodeId, state, ct);
            Assert.Equal(state, (await answer.IsAsync(HttpStatusCode.OK, ct)).GetProperty("state").GetString());
        }

        /// <summary>Admits every node that waits.</summary>
        public async Task AdmitWaitingAsync(CancellationToken ct)
        {
            foreach (var node in await RepositoryApp.NodesAsync(app.Administrator, ct))
            {
                if (node.GetProperty("state").ValueEquals("waiting"))
                {
                    await app.SetNodeAsync(node.GetProperty("nodeId").GetString()!, "active", ct);
                }
            }
        }

        /// <summary>Moves the clock until this node has read the nodes by itself: from then on its timer is set.</summary>
        public async Task WatchesAsync(CancellationToken ct)
        {
            var directory = app.Services.GetRequiredService<NodeDirectory>();
            var before = directory.Current;
            while (ReferenceEquals(before, directory.Current))
            {
                ct.ThrowIfCancellationRequested();
                app.Clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }
        }

        /// <summary>Moves the clock until this node serves.</summary>
        public async Task ServesAsync(CancellationToken ct)
        {
            while (!app.Serving.IsServing)
            {
                await app.WatchesAsync(ct);
            }
        }

        /// <summary>The node answers that it lives, and to nothing else.</summary>
        public async Task AssertServesNothingAsync(CancellationToken ct)
        {
            using var live = await app.Anonymous.GetAsync("/health/live", ct);
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
            foreach (var path in new[] { "/health/ready", "/health/live/", "/v1/cluster", "/v1/machines", "/v1/nothing", "/swagger", "/.well-known/jwks.json" })
            {
                using var refused = await app.Administrator.GetAsync(path, ct);
                await refused.RefusedAsync(HttpStatusCode.ServiceUnavailable, "node-waiting", ct);
                Assert.Equal("2", refused.HeaderOf("Retry-After"));
            }
        }
    }
}
