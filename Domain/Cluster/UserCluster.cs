using System.Security.Cryptography;
using Repository.Domain.Encoding;

namespace Repository.Domain.Cluster;

/// <summary>A cluster of the users' own: a list of members that find and check each other here. It has nothing to do with this deployment's nodes.</summary>
public sealed class UserCluster
{
    /// <summary>A cluster of one is none.</summary>
    public const int MinMaxSize = 2;

    /// <summary>As many members as a mask of 64 bits can name.</summary>
    public const int MaxMaxSize = 64;

    private UserCluster(
        NodeId clusterId,
        MemberName name,
        int maxSize,
        int endpointCount,
        long attrs,
        HashIdentifier creatorGuid,
        DateTimeOffset createdDate)
    {
        ClusterId = clusterId;
        Name = name;
        MaxSize = maxSize;
        EndpointCount = endpointCount;
        Attrs = attrs;
        CreatorGuid = creatorGuid;
        CreatedDate = createdDate;
    }

    /// <summary>Rises in the order of creation.</summary>
    public long Id { get; private set; }

    /// <summary>256 random bits, given once.</summary>
    public NodeId ClusterId { get; }

    /// <summary>Given to one cluster at a time.</summary>
    public MemberName Name { get; }

    /// <summary>How many members it takes.</summary>
    public int MaxSize { get; }

    /// <summary>How many endpoints a member has at least.</summary>
    public int EndpointCount { get; }

    /// <summary>Bits of its creator's.</summary>
    public long Attrs { get; }

    /// <summary>How many members it has; a place is taken by a conditional update.</summary>
    public int Size { get; private set; }

    /// <summary>The user who created it.</summary>
    public HashIdentifier CreatorGuid { get; }

    public DateTimeOffset CreatedDate { get; }

    /// <summary>A new cluster without members, under an id that is drawn.</summary>
    public static UserCluster Create(
        MemberName name,
        (int MaxSize, int EndpointCount, long Attrs) shape,
        HashIdentifier creatorGuid,
        DateTimeOffset now) =>
        new(
            NodeId.Load(RandomNumberGenerator.GetBytes(NodeId.HashSize)),
            name,
            shape.MaxSize,
            shape.EndpointCount,
            shape.Attrs,
            creatorGuid,
            now);
}
