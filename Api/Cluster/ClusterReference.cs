using System.Runtime.InteropServices;
using Repository.Domain.Cluster;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Cluster;

/// <summary>A cluster in a path, by its name or its id. No name looks like an id.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ClusterReference : ICanonicalText<ClusterReference>
{
    public static string Rule => "must be the name of a cluster, or its id in lower-case hex.";

    /// <summary>Null where the id is given.</summary>
    public MemberName? Name { get; private init; }

    /// <summary>Null where the name is given. One of 20 bytes is no cluster's.</summary>
    public NodeId? Id { get; private init; }

    /// <summary>What <c>(name = $1 OR cluster_id = $2)</c> asks for.</summary>
    public SqlValue[] Values => [SqlValue.Of(Name), SqlValue.Of(Id)];

    public static bool TryParse(ReadOnlySpan<char> text, out ClusterReference value)
    {
        if (NodeId.TryParse(text, out var id))
        {
            value = new ClusterReference { Id = id };
            return true;
        }

        var isName = MemberName.TryParse(text, out var name);
        value = isName ? new ClusterReference { Name = name } : default;
        return isName;
    }

    /// <summary>The one cluster that is meant, or none.</summary>
    public IQueryable<UserCluster> Among(IQueryable<UserCluster> clusters)
    {
        var (name, id) = (Name, Id);
        return name is { } given ? clusters.Where(cluster => cluster.Name == given) : clusters.Where(cluster => cluster.ClusterId == id);
    }
}
