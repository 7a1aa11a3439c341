using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;

namespace Repository.Benchmarks.Load;

/// <summary>What figures share: how much to measure, where, and the peers, started on first use and kept for the next figure.</summary>
internal sealed class Arena(LoadOptions options, Workspace workspace, PublishedServer server) : IAsyncDisposable
{
    private Peer? _baseline;
    private Peer? _repository;
    private MachinePool? _machines;

    public LoadOptions Options => options;

    public RunLength Length => options.Length;

    public Workspace Workspace => workspace;

    public PublishedServer Server => server;

    public async Task<Peer> BaselineAsync(CancellationToken ct) =>
        _baseline ??= await BaselineServer.StartAsync(workspace, ct);

    public async Task<Peer> RepositoryAsync(CancellationToken ct) =>
        _repository ??= await RepositoryServer.StartAsync(workspace, server, workspace.NewDirectory("data"), ct);

    /// <summary>Machines that are registered at <see cref="RepositoryAsync"/>: enough to lie on many pages of its database.</summary>
    public async Task<MachinePool> MachinesAsync(CancellationToken ct)
    {
        var repository = await RepositoryAsync(ct);
        if (_machines is null)
        {
            var machines = new MachinePool(options.ManyMachines);
            await RegisterMachines.RunAsync(repository.EndPoint, machines, ct);
            _machines = machines;
        }

        return _machines;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in (Peer?[])[_repository, _baseline])
        {
            if (peer is not null)
            {
                await peer.DisposeAsync();
            }
        }
    }
}
