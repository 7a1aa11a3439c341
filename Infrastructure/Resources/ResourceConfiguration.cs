using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;

namespace Repository.Infrastructure.Resources;

internal sealed class ResourceConfiguration : IEntityTypeConfiguration<Resource>
{
    public void Configure(EntityTypeBuilder<Resource> builder)
    {
        builder.ToTable("resources");

        // The order of creation, which lists and their cursors follow.
        builder.HasKey(resource => resource.Id);
        builder.Property(resource => resource.Id).ValueGeneratedOnAdd();

        // A guid is given once: creation relies on this index.
        builder.Property(resource => resource.ResourceGuid).HasMaxLength(32);
        builder.HasIndex(resource => resource.ResourceGuid).IsUnique();

        builder.Property(resource => resource.OwnerGuid).HasMaxLength(32);
        builder.HasIndex(resource => new { resource.OwnerGuid, resource.Id });
        builder.Property(resource => resource.CreatedDate);
    }
}

internal sealed class LoginTokenConfiguration : IEntityTypeConfiguration<LoginToken>
{
    public void Configure(EntityTypeBuilder<LoginToken> builder)
    {
        builder.ToTable("login_tokens");
        builder.HasKey(token => token.Id);
        builder.Property(token => token.Id).ValueGeneratedOnAdd();
        builder.Property(token => token.SourceId).HasMaxLength(16);
        builder.HasIndex(token => token.SourceId).IsUnique();
        builder.Property(token => token.ResourceGuid).HasMaxLength(32);
        builder.HasIndex(token => new { token.ResourceGuid, token.Id });
        builder.Property(token => token.SecretHash).HasMaxLength(32);
        builder.Property(token => token.Label);
        builder.Property(token => token.CreatedDate);
    }
}

/// <summary>
/// The random key of a window, of a resource or of a pair, from which machine tokens are derived. Destroyed, or retired to a tombstone, it
/// is never made again.
/// </summary>
internal sealed class WindowKey
{
    /// <summary>The resource; of a pair the first in byte order.</summary>
    public HashIdentifier FirstGuid { get; init; }

    /// <summary>The second of a pair; of a resource alone, the same as the first.</summary>
    public HashIdentifier SecondGuid { get; init; }

    /// <summary>In Unix seconds, a multiple of 900.</summary>
    public long WindowStart { get; init; }

    /// <summary>32 bytes, sealed to this row; empty once the window was retired.</summary>
    public required byte[] SealedKey { get; init; }

    /// <summary>Who pinned it, and counts it; null where nobody did.</summary>
    public HashIdentifier? PinnedByGuid { get; private set; }

    public DateTimeOffset? PinnedDate { get; private set; }

    public DateTimeOffset? RetiredDate { get; private set; }
}

internal sealed class WindowKeyConfiguration : IEntityTypeConfiguration<WindowKey>
{
    public void Configure(EntityTypeBuilder<WindowKey> builder)
    {
        builder.ToTable("window_keys");

        // Of many first uses of a window this key lets one make it.
        builder.HasKey(window => new { window.FirstGuid, window.SecondGuid, window.WindowStart });
        builder.Property(window => window.FirstGuid).HasMaxLength(32);
        builder.Property(window => window.SecondGuid).HasMaxLength(32);

        // What is to be destroyed by age; and what either owner lists as pinned.
        builder.HasIndex(window => window.WindowStart, "ix_window_keys_passing").HasFilter("pinned_date IS NULL AND retired_date IS NULL");
        builder.HasIndex(window => new { window.FirstGuid, window.WindowStart }, "ix_window_keys_pinned_first").HasFilter("pinned_date IS NOT NULL");
        builder.HasIndex(window => new { window.SecondGuid, window.WindowStart }, "ix_window_keys_pinned_second").HasFilter("pinned_date IS NOT NULL");
    }
}
