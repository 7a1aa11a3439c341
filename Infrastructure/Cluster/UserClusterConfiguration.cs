using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Repository.Domain.Cluster;

namespace Repository.Infrastructure.Cluster;

internal sealed class UserClusterConfiguration : IEntityTypeConfiguration<UserCluster>
{
    public void Configure(EntityTypeBuilder<UserCluster> builder)
    {
        builder.ToTable("clusters");

        // The order of creation, which lists and their cursors follow.
        builder.HasKey(cluster => cluster.Id);
        builder.Property(cluster => cluster.Id).ValueGeneratedOnAdd();
        builder.Property(cluster => cluster.ClusterId).HasMaxLength(NodeId.HashSize);
        builder.HasIndex(cluster => cluster.ClusterId).IsUnique();

        // A name is one cluster's: creation relies on this index.
        builder.Property(cluster => cluster.Name).HasMaxLength(MemberName.MaxLength);
        builder.HasIndex(cluster => cluster.Name).IsUnique();
        builder.Property(cluster => cluster.MaxSize);
        builder.Property(cluster => cluster.EndpointCount);
        builder.Property(cluster => cluster.Attrs);
        builder.Property(cluster => cluster.CreatorGuid).HasMaxLength(32);
        builder.Property(cluster => cluster.CreatedDate);
    }
}

internal sealed class ClusterMemberConfiguration : IEntityTypeConfiguration<ClusterMember>
{
    public void Configure(EntityTypeBuilder<ClusterMember> builder)
    {
        builder.ToTable("cluster_members");

        // The order of joining: a cluster's row is held while one joins, so within a cluster it is that of commits too.
        builder.HasKey(member => member.Id);
        builder.Property(member => member.Id).ValueGeneratedOnAdd();
        builder.Property(member => member.Cluster);
        builder.HasIndex(member => new { member.Cluster, member.Id });

        // A name and an id are one member's in a cluster: joining relies on these indexes.
        builder.Property(member => member.Name).HasMaxLength(MemberName.MaxLength);
        builder.HasIndex(member => new { member.Cluster, member.Name }).IsUnique();
        builder.Property(member => member.NodeId).HasMaxLength(NodeId.HashSize);
        builder.HasIndex(member => new { member.Cluster, member.NodeId }).IsUnique();
        builder.Property(member => member.Attrs);
        builder.Property(member => member.Ck);
        builder.Property(member => member.Sk);
        builder.Property(member => member.Endpoints);
        builder.Property(member => member.DigSig);
        builder.Property(member => member.UserGuid).HasMaxLength(32);
        builder.Property(member => member.JoinedDate);
    }
}

/// <summary>
/// Whose an id of its member's own choice is, in however many clusters. An id that is the hash of a key needs no such row: nobody else has
/// that key.
/// </summary>
internal sealed class MemberId
{
    /// <summary>20 bytes.</summary>
    public required NodeId NodeId { get; init; }

    /// <summary>SHA-256 of the SPKI of the <c>sk</c> that it goes with.</summary>
    public required byte[] SkHash { get; init; }

    /// <summary>In how many clusters it is; at 0 the row goes, and the id is free again.</summary>
    public long Uses { get; init; }
}

internal sealed class MemberIdConfiguration : IEntityTypeConfiguration<MemberId>
{
    public void Configure(EntityTypeBuilder<MemberId> builder)
    {
        builder.ToTable("member_ids");

        // Of two keys that come with one id at once, this index lets one have it.
        builder.HasKey(id => id.NodeId);
        builder.Property(id => id.NodeId).HasMaxLength(NodeId.ShortSize);
        builder.Property(id => id.SkHash).HasMaxLength(32);
    }
}
