using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Repository.Infrastructure.Keys;

/// <summary>The one row that tells whether a master key is the one this database was made with.</summary>
internal sealed class KeyCheck
{
    public int Id { get; private set; } = 1;

    /// <summary>A sub-key of the master key that serves nothing else.</summary>
    public required byte[] Value { get; init; }
}

internal sealed class KeyCheckConfiguration : IEntityTypeConfiguration<KeyCheck>
{
    public void Configure(EntityTypeBuilder<KeyCheck> builder)
    {
        builder.ToTable("key_check");
        builder.HasKey(check => check.Id);
        builder.Property(check => check.Id).ValueGeneratedNever();
        builder.Property(check => check.Value).HasMaxLength(32);
    }
}
