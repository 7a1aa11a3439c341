using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Repository.Infrastructure.Keys;

/// <summary>A token that was revoked before its end (RFC 7009).</summary>
internal sealed class RevokedToken
{
    /// <summary>SHA-256 of its <c>jti</c>, which may be anybody's text.</summary>
    public required byte[] TokenIdHash { get; init; }

    /// <summary>Its <c>exp</c>: then it need not be remembered any more.</summary>
    public DateTimeOffset ExpiresDate { get; init; }
}

internal sealed class RevokedTokenConfiguration : IEntityTypeConfiguration<RevokedToken>
{
    public void Configure(EntityTypeBuilder<RevokedToken> builder)
    {
        builder.ToTable("revoked_tokens");
        builder.HasKey(token => token.TokenIdHash);
        builder.Property(token => token.TokenIdHash).HasMaxLength(32);
        builder.HasIndex(token => token.ExpiresDate);
    }
}
