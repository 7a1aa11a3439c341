using System.Security.Cryptography;

namespace Repository.Infrastructure.Cluster;

/// <summary>The two key pairs of a node.</summary>
internal sealed class NodePairs(RSA ck, RSA sk) : IDisposable
{
    /// <summary>For communication: others encrypt to it.</summary>
    public RSA Ck { get; } = ck;

    /// <summary>For signatures.</summary>
    public RSA Sk { get; } = sk;

    public void Dispose()
    {
        Ck.Dispose();
        Sk.Dispose();
    }
}
