using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Repository.Infrastructure.Idempotency;

internal sealed class IdempotencyConfiguration : IEntityTypeConfiguration<IdempotencyRecord>
{
    public void Configure(EntityTypeBuilder<IdempotencyRecord> builder)
    {
        builder.ToTable("idempotency");
        builder.HasKey(record => record.Scope);
        builder.Property(record => record.Scope).HasMaxLength(32);
        builder.Property(record => record.BodyHash).HasMaxLength(32);

        // The sweeper deletes by age.
        builder.HasIndex(record => record.ExpiresDate);
    }
}
