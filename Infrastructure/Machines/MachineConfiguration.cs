using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Repository.Domain.Machines;

namespace Repository.Infrastructure.Machines;

internal sealed class MachineConfiguration : IEntityTypeConfiguration<Machine>
{
    public void Configure(EntityTypeBuilder<Machine> builder)
    {
        builder.ToTable("machines");

        // The order of registration, which lists and their cursors follow.
        builder.HasKey(machine => machine.Id);
        builder.Property(machine => machine.Id).ValueGeneratedOnAdd();

        // A hash is registered once: registration relies on this index. A verify finds its row by it and never changes it.
        builder.Property(machine => machine.MachineRegisterHash).HasMaxLength(32);
        builder.HasIndex(machine => machine.MachineRegisterHash).IsUnique();

        builder.Property(machine => machine.PreviousMachineRegisterHash).HasMaxLength(32);
        builder.Property(machine => machine.RegisteredDate);
        builder.Property(machine => machine.RequestId).HasMaxLength(Machine.RequestIdSize);

        // The administrator's lists: few machines are disabled or suspected, and a verify touches neither index.
        builder.HasIndex(machine => machine.Id, "ix_machines_disabled").HasFilter("hash_state = 0");
        builder.HasIndex(machine => machine.Id, "ix_machines_mismatched").HasFilter("mismatch_count > 0");
    }
}
