using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Repository.Domain.Audit;

namespace Repository.Infrastructure.Audit;

internal sealed class AuditConfiguration : IEntityTypeConfiguration<AuditEntry>, IEntityTypeConfiguration<AuditHead>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit");
        builder.HasKey(entry => entry.Sequence);
        builder.Property(entry => entry.Sequence).ValueGeneratedNever();
        builder.Property(entry => entry.Date);
        builder.Property(entry => entry.Actor);
        builder.Property(entry => entry.Action);
        builder.Property(entry => entry.Subject);
        builder.Property(entry => entry.Details);
        builder.Property(entry => entry.PreviousHash).HasMaxLength(AuditEntry.HashSize);
        builder.Property(entry => entry.Hash).HasMaxLength(AuditEntry.HashSize);
    }

    public void Configure(EntityTypeBuilder<AuditHead> builder)
    {
        builder.ToTable("audit_head");
        builder.HasKey(head => head.Id);
        builder.Property(head => head.Id).ValueGeneratedNever();
        builder.Property(head => head.Hash).HasMaxLength(AuditEntry.HashSize);
        builder.HasData(new AuditHead());
    }
}
