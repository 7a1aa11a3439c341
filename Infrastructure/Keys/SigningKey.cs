using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Repository.Infrastructure.Keys;

/// <summary>A key pair that signs this deployment's tokens (ES256), from the day it takes over until the next one does.</summary>
internal sealed class SigningKey
{
    /// <summary>Consecutive from 1: of nodes that make the next key at once, one succeeds.</summary>
    public long Sequence { get; init; }

    /// <summary>The public key as DER.</summary>
    public required byte[] Spki { get; init; }

    /// <summary>The private key, sealed to this row and its public key; nothing, sealed alike, once the key retired.</summary>
    public required byte[] SealedPrivateKey { get; init; }

    /// <summary>From when on it signs; published before, so that those who check offline have it in time.</summary>
    public DateTimeOffset ActiveDate { get; init; }
}

internal sealed class SigningKeyConfiguration : IEntityTypeConfiguration<SigningKey>
{
    public void Configure(EntityTypeBuilder<SigningKey> builder)
    {
        builder.ToTable("signing_keys");
        builder.HasKey(key => key.Sequence);
        builder.Property(key => key.Sequence).ValueGeneratedNever();
        builder.Property(key => key.Spki);
        builder.Property(key => key.SealedPrivateKey);
        builder.Property(key => key.ActiveDate);
    }
}
