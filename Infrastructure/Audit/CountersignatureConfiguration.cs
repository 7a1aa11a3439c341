using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Repository.Domain.Audit;
using Repository.Domain.Cluster;

namespace Repository.Infrastructure.Audit;

/// <summary>An audit head that a node signed.</summary>
internal sealed class CountersignatureRow
{
    public required byte[] NodeId { get; init; }

    public long Sequence { get; init; }

    public required byte[] Hash { get; init; }

    public DateTimeOffset Date { get; init; }

    public required byte[] Signature { get; init; }
}

internal sealed class CountersignatureConfiguration : IEntityTypeConfiguration<CountersignatureRow>
{
    public void Configure(EntityTypeBuilder<CountersignatureRow> builder)
    {
        builder.ToTable("audit_countersignatures");
        builder.HasKey(row => new { row.NodeId, row.Sequence });
        builder.Property(row => row.NodeId).HasMaxLength(NodeId.HashSize);
        builder.Property(row => row.Hash).HasMaxLength(AuditEntry.HashSize);
        builder.Property(row => row.Signature).HasMaxLength(MemberDescriptor.MaxSignatureSize);
    }
}
