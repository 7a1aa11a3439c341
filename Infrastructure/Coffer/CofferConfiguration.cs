using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Repository.Domain.Coffer;

namespace Repository.Infrastructure.Coffer;

/// <summary>The one row that counts the changes of all shards. A change updates it, and so waits for its turn.</summary>
internal sealed class CofferState
{
    public int Id { get; private set; } = 1;

    /// <summary>Grows with every definition and every single change; 0 before the first.</summary>
    public long Version { get; private set; }
}

/// <summary>The one row of the server's X25519 pair.</summary>
internal sealed class CofferKeyRow
{
    public int Id { get; private set; } = 1;

    public required byte[] PublicKey { get; init; }

    /// <summary>Sealed to the public key.</summary>
    public required byte[] SealedPrivateKey { get; init; }
}

/// <summary>The secrets of one client.</summary>
internal sealed class ShardRow
{
    public ClientKey ClientKey { get; init; }

    /// <summary>In UTF-8: PostgreSQL's text holds no U+0000, and a definition may.</summary>
    public required byte[] Name { get; init; }

    /// <summary>The coffer's version at its last change.</summary>
    public long Version { get; init; }
}

/// <summary>A secret of a shard.</summary>
internal sealed class SecretRow
{
    public ClientKey ClientKey { get; init; }

    /// <summary>In UTF-8: bytes are compared alike by both databases.</summary>
    public required byte[] Key { get; init; }

    public SecretType Type { get; init; }

    /// <summary>Sealed to the client key and the secret's key.</summary>
    public required byte[] SealedValue { get; init; }

    public DateTimeOffset ChangedDate { get; init; }
}

/// <summary>The software whose licence a shard takes. It outlasts the shard: a definition that brings the shard back finds it bound.</summary>
internal sealed class ShardLicence
{
    public ClientKey ClientKey { get; init; }

    public Domain.Encoding.HashIdentifier SoftwareGuid { get; init; }
}

/// <summary>Who may upload definitions.</summary>
internal sealed class Companion
{
    /// <summary>Rises in the order of registration.</summary>
    public long Id { get; init; }

    public ClientKey PublicKey { get; init; }

    public DateTimeOffset RegisteredDate { get; init; }
}

/// <summary>A request that was answered, and is not answered again.</summary>
internal sealed class SpentRequest
{
    /// <summary>SHA-256 of client key ‖ nonce.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>When it is fresh no longer: then it need not be remembered any more.</summary>
    public DateTimeOffset ExpiresDate { get; init; }
}

/// <summary>A sealed definition that was accepted, and is accepted never again.</summary>
internal sealed class SealedDefinition
{
    /// <summary>SHA-256 of the body.</summary>
    public required byte[] BodyHash { get; init; }

    public DateTimeOffset AcceptedDate { get; init; }
}

internal sealed class CofferConfiguration
    : IEntityTypeConfiguration<CofferState>, IEntityTypeConfiguration<CofferKeyRow>, IEntityTypeConfiguration<Companion>
{
    public void Configure(EntityTypeBuilder<CofferState> builder)
    {
        builder.ToTable("coffer");
        builder.HasKey(state => state.Id);
        builder.Property(state => state.Id).ValueGeneratedNever();
        builder.HasData(new CofferState());
    }

    public void Configure(EntityTypeBuilder<CofferKeyRow> builder)
    {
        builder.ToTable("coffer_key");

        // Of nodes that start together on an empty database one makes the pair.
        builder.HasKey(key => key.Id);
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Property(key => key.PublicKey).HasMaxLength(ClientKey.Size);
    }

    public void Configure(EntityTypeBuilder<Companion> builder)
    {
        builder.ToTable("coffer_companions");
        builder.HasKey(companion => companion.Id);
        builder.Property(companion => companion.Id).ValueGeneratedOnAdd();
        builder.Property(companion => companion.PublicKey).HasMaxLength(ClientKey.Size);
        builder.HasIndex(companion => companion.PublicKey).IsUnique();
    }
}

internal sealed class ShardConfiguration
    : IEntityTypeConfiguration<ShardRow>, IEntityTypeConfiguration<SecretRow>, IEntityTypeConfiguration<ShardLicence>
{
    public void Configure(EntityTypeBuilder<ShardRow> builder)
    {
        builder.ToTable("coffer_shards");
        builder.HasKey(shard => shard.ClientKey);
        builder.Property(shard => shard.ClientKey).HasMaxLength(ClientKey.Size);
    }

    public void Configure(EntityTypeBuilder<SecretRow> builder)
    {
        builder.ToTable("coffer_secrets");
        builder.HasKey(secret => new { secret.ClientKey, secret.Key });
        builder.Property(secret => secret.ClientKey).HasMaxLength(ClientKey.Size);
        builder.Property(secret => secret.Key).HasMaxLength(Secret.MaxKeySize);
    }

    public void Configure(EntityTypeBuilder<ShardLicence> builder)
    {
        builder.ToTable("coffer_licences");
        builder.HasKey(licence => licence.ClientKey);
        builder.Property(licence => licence.ClientKey).HasMaxLength(ClientKey.Size);
        builder.Property(licence => licence.SoftwareGuid).HasMaxLength(32);
    }
}

internal sealed class SpentConfiguration : IEntityTypeConfiguration<SpentRequest>, IEntityTypeConfiguration<SealedDefinition>
{
    public void Configure(EntityTypeBuilder<SpentRequest> builder)
    {
        builder.ToTable("coffer_requests");

        // Of many that present one request this key lets one through.
        builder.HasKey(request => request.RequestHash);
        builder.Property(request => request.RequestHash).HasMaxLength(32);
        builder.HasIndex(request => request.ExpiresDate);
    }

    public void Configure(EntityTypeBuilder<SealedDefinition> builder)
    {
        builder.ToTable("coffer_definitions");
        builder.HasKey(definition => definition.BodyHash);
        builder.Property(definition => definition.BodyHash).HasMaxLength(32);
    }
}
