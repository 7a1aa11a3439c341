using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Repository.Infrastructure.Cluster;

/// <summary>Makes an RSA key pair of so many bits. Tests, which start many nodes, have pairs that are there already.</summary>
internal delegate RSA DrawRsaPair(int bits);

/// <summary>
/// Loads this node's key pairs; a first start makes them. Making takes most of a second when it is unlucky, so it begins before the schema is
/// looked at and goes on beside it.
/// </summary>
internal sealed class NodeKeySetup(NodeKeyFile file, NodeIdentity identity, DrawRsaPair draw, IOptions<ClusterOptions> options)
{
    private Task<RSA>[]? _drawing;

    /// <summary>Begins to make the pairs where there are none. The data directory is open.</summary>
    public void Begin()
    {
        if (!file.Exists)
        {
            _drawing = [Task.Run(Draw), Task.Run(Draw)];
        }
    }

    /// <summary>Loads the pairs. The key ring is loaded.</summary>
    /// <exception cref="Storage.StartRefusedException">The file is damaged or not this deployment's.</exception>
    public async Task ExecuteAsync(CancellationToken ct)
    {
        if (_drawing is null)
        {
            identity.Load(file.Read());
            return;
        }

        var pairs = await Task.WhenAll(_drawing).WaitAsync(ct);
        var made = new NodePairs(pairs[0], pairs[1]);
        file.Write(made);
        identity.Load(made);
    }

    private RSA Draw()
    {
        var pair = draw(options.Value.KeySize);
        _ = pair.ExportParameters(includePrivateParameters: false); // The base library makes a key when it is first used.
        return pair;
    }
}
