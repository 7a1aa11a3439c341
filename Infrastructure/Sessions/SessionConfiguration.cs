using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Repository.Domain.Sessions;

namespace Repository.Infrastructure.Sessions;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions");
        builder.HasKey(session => session.SessionId);
        builder.Property(session => session.SessionId).HasMaxLength(16);
        builder.Property(session => session.UserGuid).HasMaxLength(32);

        // The sweeper deletes by age.
        builder.HasIndex(session => session.ExpiresDate);
    }
}

/// <summary>A challenge that a handshake succeeded with: it is good for one.</summary>
internal sealed class SpentChallenge
{
    /// <summary>SHA-256 of the challenge.</summary>
    public required byte[] ChallengeHash { get; init; }

    /// <summary>When the challenge ends by itself, and need not be remembered any more.</summary>
    public DateTimeOffset ExpiresDate { get; init; }
}

internal sealed class SpentChallengeConfiguration : IEntityTypeConfiguration<SpentChallenge>
{
    public void Configure(EntityTypeBuilder<SpentChallenge> builder)
    {
        builder.ToTable("spent_challenges");

        // Of many handshakes with one challenge this key lets one through.
        builder.HasKey(challenge => challenge.ChallengeHash);
        builder.Property(challenge => challenge.ChallengeHash).HasMaxLength(32);
        builder.HasIndex(challenge => challenge.ExpiresDate);
    }
}
