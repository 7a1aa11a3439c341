using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Repository.Domain.Audit;

namespace Repository.Infrastructure.Audit;

/// <summary>Reads also ticks that are no date: a row that somebody changed must be found broken, not fail to be read.</summary>
internal sealed class AnyTicksConverter() : ValueConverter<DateTimeOffset, long>(date => date.UtcTicks, ticks => ToDate(ticks))
{
    public static DateTimeOffset ToDate(long ticks) => new(Math.Clamp(ticks, 0, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);
}

internal sealed class AuditConfiguration : IEntityTypeConfiguration<AuditEntry>, IEntityTypeConfiguration<AuditHead>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit");
        builder.HasKey(entry => entry.Sequence);
        builder.Property(entry => entry.Sequence).ValueGeneratedNever();
        builder.Property(entry => entry.Date).HasConversion<AnyTicksConverter>();
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
