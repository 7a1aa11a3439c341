using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Repository.Domain.Users;

namespace Repository.Infrastructure.Users;

internal sealed class UserKeyConfiguration : IEntityTypeConfiguration<UserKey>
{
    public void Configure(EntityTypeBuilder<UserKey> builder)
    {
        builder.ToTable("user_keys");

        // A user has a key once: rotation relies on this key, and a verified capability finds its issuer's key by it.
        builder.HasKey(key => new { key.UserGuid, key.KeyHash });
        builder.Property(key => key.UserGuid).HasMaxLength(32);
        builder.Property(key => key.KeyHash).HasMaxLength(32);
        builder.Property(key => key.Kind);
        builder.Property(key => key.Spki);
        builder.Property(key => key.AddedDate);
    }
}
