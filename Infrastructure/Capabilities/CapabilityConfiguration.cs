using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Repository.Domain.Capabilities;

namespace Repository.Infrastructure.Capabilities;

internal sealed class CapabilityConfiguration : IEntityTypeConfiguration<Capability>
{
    public void Configure(EntityTypeBuilder<Capability> builder)
    {
        builder.ToTable("capabilities");

        // Seats are claimed and released under the lock of this row.
        builder.HasKey(capability => capability.CapabilityGuid);
        builder.Property(capability => capability.CapabilityGuid).HasMaxLength(32);
        builder.Property(capability => capability.IssuerGuid).HasMaxLength(32);
        builder.Property(capability => capability.SoftwareGuid).HasMaxLength(32);
        builder.Property(capability => capability.NotAfter);
        builder.Property(capability => capability.SeatLimit);
        builder.Property(capability => capability.UserGuid).HasMaxLength(32);
        builder.Property(capability => capability.KeyHash).HasMaxLength(32);
    }
}

internal sealed class SeatConfiguration : IEntityTypeConfiguration<Seat>
{
    public void Configure(EntityTypeBuilder<Seat> builder)
    {
        builder.ToTable("seats");

        // The order of activation, which lists and their cursors follow.
        builder.HasKey(seat => seat.Id);
        builder.Property(seat => seat.Id).ValueGeneratedOnAdd();

        // A machine has one seat under a capability at the most.
        builder.Property(seat => seat.CapabilityGuid).HasMaxLength(32);
        builder.Property(seat => seat.MachineRegisterHash).HasMaxLength(32);
        builder.HasIndex(seat => new { seat.CapabilityGuid, seat.MachineRegisterHash }).IsUnique();
        builder.Property(seat => seat.ActivatedDate);

        // Those that are held, in their order; and those that cool down, which a claim counts.
        builder.HasIndex(seat => new { seat.CapabilityGuid, seat.Id }, "ix_seats_held").HasFilter("released_date IS NULL");
        builder.HasIndex(seat => new { seat.CapabilityGuid, seat.ReleasedDate }, "ix_seats_released").HasFilter("released_date IS NOT NULL");
    }
}

internal sealed class RevocationConfiguration : IEntityTypeConfiguration<Revocation>
{
    public void Configure(EntityTypeBuilder<Revocation> builder)
    {
        builder.ToTable("revocations");

        // The first revocation by an issuer counts, and its date stays.
        builder.HasKey(revocation => new { revocation.CapabilityGuid, revocation.IssuerGuid });
        builder.Property(revocation => revocation.CapabilityGuid).HasMaxLength(32);
        builder.Property(revocation => revocation.IssuerGuid).HasMaxLength(32);
        builder.Property(revocation => revocation.RevokedDate);
    }
}
