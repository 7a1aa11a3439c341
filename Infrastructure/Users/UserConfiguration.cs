using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Repository.Domain.Users;

namespace Repository.Infrastructure.Users;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("users");

        // First write wins: registration relies on this key.
        builder.HasKey(user => user.UserGuid);
        builder.Property(user => user.UserGuid).HasMaxLength(32);
        builder.Property(user => user.KeyHash).HasMaxLength(32);
        builder.Property(user => user.RegisteredDate);
    }
}
