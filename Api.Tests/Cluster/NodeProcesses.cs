using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Repository.Api.Tests.Hosting;

namespace Repository.Api.Tests.Cluster;

/// <summary>Nodes of one PostgreSQL as processes of their own, each with its own data directory, for what only processes show.</summary>
internal sealed class NodeProcesses : IAsyncDisposable
{
    private readonly List<TestFolder> _folders = [];
    private readonly List<ServerProcess> _nodes = [];
    private readonly string _adminKey = "rak_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
    private readonly string[] _settings;

    private NodeProcesses(string connectionString)
    {
        ConnectionString = connectionString;
        _settings =
        [
            "--Database:Provider=Postgres",
            $"--ConnectionStrings:Repository={connectionString}",
            $"--Repository:MasterKey={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}",
            $"--Repository:AdminKey={_adminKey}",
            "--Repository:Issuer=https://trust.example",
            "--RateLimits:Enabled=false",
        ];
    }

    public string ConnectionString { get; }

    public ServerProcess this[int node] => _nodes[node];

    /// <summary>The clients of the nodes, in their order.</summary>
    public IReadOnlyList<HttpClient> Clients => _nodes.ConvertAll(node => node.Client);

    /// <summary>Starts so many nodes: the first, and then the others together, each with a join token. All of them serve.</summary>
    public static async Task<NodeProcesses> StartAsync(int count, CancellationToken ct)
    {
        var nodes = await PrepareAsync(count, ct);
        try
        {
            nodes._nodes.Add(await ServerProcess.StartReadyAsync(nodes._folders[0].Path, ct, nodes._settings));
            nodes._nodes.AddRange(await Task.WhenAll(nodes._folders.Skip(1).Select(folder => nodes.JoinAsync(folder, ct))));
            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts so many nodes at once on an empty database, without a join token and without waiting for them.</summary>
    public static async Task<NodeProcesses> StartTogetherAsync(int count, CancellationToken ct)
    {
        var nodes = await PrepareAsync(count, ct);
        nodes._nodes.AddRange(nodes._folders.Select(folder => ServerProcess.Start(folder.Path, nodes._settings)));
        return nodes;
    }

    /// <summary>Starts a node again that was killed, on its own data directory.</summary>
    public async Task RestartAsync(int node, CancellationToken ct)
    {
        await _nodes[node].DisposeAsync();
        _nodes[node] = await ServerProcess.StartReadyAsync(_folders[node].Path, ct, _settings);
    }

    /// <summary>What the administrator is answered by a node.</summary>
    public async Task<JsonElement> ReadAsync(int node, string path, CancellationToken ct)
    {
        using var answer = await SendAsAdministratorAsync(node, HttpMethod.Get, path, null, ct);
        return await answer.IsAsync(HttpStatusCode.OK, ct);
    }

    public async Task<HttpResponseMessage> SendAsAdministratorAsync(int node, HttpMethod method, string path, string? json, CancellationToken ct) =>
        await RepositoryApp.SendAsync(_nodes[node].Client, method, path, json, ct, ("Authorization", $"Bearer {_adminKey}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        _folders.ForEach(folder => folder.Dispose());
    }

    private static async Task<NodeProcesses> PrepareAsync(int count, CancellationToken ct)
    {
        var nodes = new NodeProcesses(await PostgresServer.CreateDatabaseAsync(ct));
        nodes._folders.AddRange(Enumerable.Range(0, count).Select(_ => new TestFolder()));
        return nodes;
    }

    private async Task<ServerProcess> JoinAsync(TestFolder folder, CancellationToken ct)
    {
        using var answer = await SendAsAdministratorAsync(0, HttpMethod.Post, "/v1/cluster/join-tokens", "{}", ct);
        var token = (await answer.IsAsync(HttpStatusCode.Created, ct)).GetProperty("token").GetString();
        return await ServerProcess.StartReadyAsync(folder.Path, ct, [.. _settings, $"--Cluster:JoinToken={token}"]);
    }
}
