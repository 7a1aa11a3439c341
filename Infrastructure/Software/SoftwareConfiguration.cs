using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Repository.Domain.Software;

namespace Repository.Infrastructure.Software;

internal sealed class SoftwareConfiguration : IEntityTypeConfiguration<SoftwareProduct>
{
    public void Configure(EntityTypeBuilder<SoftwareProduct> builder)
    {
        builder.ToTable("software");

        // The order of creation, which lists and their cursors follow.
        builder.HasKey(software => software.Id);
        builder.Property(software => software.Id).ValueGeneratedOnAdd();

        // A guid is given once and stays with its issuer: creation relies on this index.
        builder.Property(software => software.SoftwareGuid).HasMaxLength(32);
        builder.HasIndex(software => software.SoftwareGuid).IsUnique();

        // An issuer's list, in the order of creation.
        builder.Property(software => software.IssuerGuid).HasMaxLength(32);
        builder.HasIndex(software => new { software.IssuerGuid, software.Id });
    }
}
