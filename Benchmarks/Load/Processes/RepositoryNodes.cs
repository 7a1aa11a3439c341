using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Conversations;

namespace Repository.Benchmarks.Load.Processes;

/// <summary>Nodes of one PostgreSQL: the first, and others that it admits, each with a data directory of its own.</summary>
internal sealed class RepositoryNodes : IAsyncDisposable
{
    /// <summary>For servers on loopback that live for one measurement: no secret.</summary>
    private static readonly string MasterKey = Convert.ToBase64String(new byte[32]);

    private readonly Arena _arena;
    private readonly RepositoryServerSettings _settings;
    private readonly List<string> _directories = [];
    private readonly List<Peer> _nodes = [];

    private RepositoryNodes(Arena arena, string connectionString)
    {
        _arena = arena;
        _settings = new RepositoryServerSettings { PostgresConnectionString = connectionString, MasterKey = MasterKey };
    }

    public IReadOnlyList<Peer> All => _nodes;

    public static async Task<RepositoryNodes> StartAsync(Arena arena, string connectionString, int count, CancellationToken ct)
    {
        var nodes = new RepositoryNodes(arena, connectionString);
        try
        {
            for (var i = 0; i < count; i++)
            {
                nodes._directories.Add(arena.Workspace.NewDirectory("data"));
                nodes._nodes.Add(await nodes.StartAsync(i, ct));
            }

            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends a node as a power cut would.</summary>
    public void Kill(int node) => _nodes[node].Process.Kill();

    /// <summary>Starts a node again that was killed.</summary>
    public async Task RestartAsync(int node, CancellationToken ct)
    {
        await _nodes[node].DisposeAsync();
        _nodes[node] = await StartAsync(node, ct);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    private async Task<Peer> StartAsync(int node, CancellationToken ct) => await RepositoryServer.StartAsync(
        _arena.Workspace,
        _arena.Server,
        _directories[node],
        node == 0 ? _settings : _settings with { JoinToken = await MakeJoinTokenAsync(ct) },
        ct);

    private async Task<string> MakeJoinTokenAsync(CancellationToken ct)
    {
        var request = HttpRequest.Post("/v1/cluster/join-tokens", "{}", RepositoryServer.AdminKey);
        return JsonMember.Text(await OneRequest.AskAsync(_nodes[0].EndPoint, request, 201, ct), "token"u8);
    }
}
