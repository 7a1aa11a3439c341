using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Repository.Domain.Cluster;

namespace Repository.Infrastructure.Cluster;

/// <summary>A node of this deployment: what it signed of itself, and what it may do.</summary>
internal sealed class NodeRow
{
    /// <summary>The order of joining.</summary>
    public long Id { get; private set; }

    public required byte[] NodeId { get; init; }

    public required string Name { get; init; }

    public NodeState State { get; init; }

    /// <summary>The SPKI of the key that others encrypt to.</summary>
    public required byte[] Ck { get; init; }

    /// <summary>The SPKI of the key that it signs with.</summary>
    public required byte[] Sk { get; init; }

    public required string PublicEndpoint { get; init; }

    public required string ClusterEndpoint { get; init; }

    public required byte[] DigSig { get; init; }

    /// <summary>When it last said that it serves; null where it never did.</summary>
    public DateTimeOffset? LastSeenDate { get; init; }
}

internal sealed class NodeConfiguration : IEntityTypeConfiguration<NodeRow>
{
    public void Configure(EntityTypeBuilder<NodeRow> builder)
    {
        builder.ToTable("nodes");
        builder.HasKey(node => node.Id);
        builder.Property(node => node.Id).ValueGeneratedOnAdd();

        // A node is there once: joining relies on this index.
        builder.Property(node => node.NodeId).HasMaxLength(NodeId.HashSize);
        builder.HasIndex(node => node.NodeId).IsUnique();
        builder.Property(node => node.Name).HasMaxLength(MemberName.MaxLength);
        builder.Property(node => node.PublicEndpoint).HasMaxLength(MemberEndpoint.MaxLength);
        builder.Property(node => node.ClusterEndpoint).HasMaxLength(MemberEndpoint.MaxLength);
    }
}

/// <summary>A join token that nobody has used yet. Using it removes the row: of many who try, one does.</summary>
internal sealed class JoinTokenRow
{
    public required byte[] TokenHash { get; init; }

    public DateTimeOffset ExpiresDate { get; init; }
}

internal sealed class JoinTokenConfiguration : IEntityTypeConfiguration<JoinTokenRow>
{
    public void Configure(EntityTypeBuilder<JoinTokenRow> builder)
    {
        builder.ToTable("join_tokens");
        builder.HasKey(token => token.TokenHash);
        builder.Property(token => token.TokenHash).HasMaxLength(32);
        builder.HasIndex(token => token.ExpiresDate);
    }
}

/// <summary>
/// The one row that every change of the nodes updates first, and so waits for its turn: what must hold of all of them together (the first
/// admits itself, the last stays) is decided by one after the other.
/// </summary>
internal sealed class ClusterRow
{
    public int Id { get; private set; } = 1;

    /// <summary>Grows with every change.</summary>
    public long Revision { get; private set; }

    /// <summary><c>Repository:Issuer</c> as the nodes that run have it; null where it is not set.</summary>
    public string? Issuer { get; private set; }
}

internal sealed class ClusterRowConfiguration : IEntityTypeConfiguration<ClusterRow>
{
    public void Configure(EntityTypeBuilder<ClusterRow> builder)
    {
        builder.ToTable("cluster");
        builder.HasKey(cluster => cluster.Id);
        builder.Property(cluster => cluster.Id).ValueGeneratedNever();
        builder.HasData(new ClusterRow());
    }
}
