using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;

namespace Repository.Infrastructure.Rooms;

internal sealed class RoomConfiguration : IEntityTypeConfiguration<Room>
{
    public void Configure(EntityTypeBuilder<Room> builder)
    {
        builder.ToTable("rooms");

        // The order of creation, which lists and their cursors follow.
        builder.HasKey(room => room.Id);
        builder.Property(room => room.Id).ValueGeneratedOnAdd();
        builder.Property(room => room.RoomId).HasMaxLength(RoomId.Size);
        builder.HasIndex(room => room.RoomId).IsUnique();
        builder.Property(room => room.OwnerGuid).HasMaxLength(32);
        builder.Property(room => room.Name);
        builder.Property(room => room.Info);
        builder.Property(room => room.CreatedDate);

        // What the sweeper looks through: few rooms beside those that keep all.
        builder.HasIndex(room => room.Id, "ix_rooms_swept").HasFilter("is_deleted OR history_limit IS NOT NULL OR retention_seconds IS NOT NULL");
    }
}

internal sealed class RoomMemberConfiguration : IEntityTypeConfiguration<RoomMember>
{
    public void Configure(EntityTypeBuilder<RoomMember> builder)
    {
        builder.ToTable("room_members");
        builder.HasKey(member => new { member.RoomId, member.UserGuid });
        builder.Property(member => member.RoomId).HasMaxLength(RoomId.Size);
        builder.Property(member => member.UserGuid).HasMaxLength(32);

        // A user's rooms; and the order of joining, which lists follow and ownership passes along.
        builder.HasIndex(member => member.UserGuid);
        builder.HasIndex(member => new { member.RoomId, member.Place }).IsUnique();
    }
}

internal sealed class RoomEventConfiguration : IEntityTypeConfiguration<RoomEvent>
{
    public void Configure(EntityTypeBuilder<RoomEvent> builder)
    {
        builder.ToTable("room_events");

        builder.HasKey(entry => entry.Number);
        builder.Property(entry => entry.Number).ValueGeneratedOnAdd();

        // A sequence is given once: the room's row counts, this index makes sure. What is new in all rooms of a user is found by number.
        builder.HasIndex(entry => new { entry.RoomId, entry.Sequence }).IsUnique();
        builder.HasIndex(entry => new { entry.RoomId, entry.Number });
        builder.Property(entry => entry.RoomId).HasMaxLength(RoomId.Size);
        builder.Property(entry => entry.Sequence).ValueGeneratedNever();
        builder.Property(entry => entry.UserGuid).HasMaxLength(32);
        builder.Property(entry => entry.ByGuid).HasMaxLength(32);
        builder.Property(entry => entry.Type);
        builder.Property(entry => entry.MessageNumber);
        builder.Property(entry => entry.Date);
    }
}

/// <summary>The key of one epoch, as it is wrapped for one member. It goes when the member does.</summary>
internal sealed class RoomKey
{
    public required byte[] RoomId { get; init; }

    public HashIdentifier UserGuid { get; init; }

    public long Epoch { get; init; }

    public required byte[] WrappedKey { get; init; }
}

internal sealed class RoomKeyConfiguration : IEntityTypeConfiguration<RoomKey>
{
    public void Configure(EntityTypeBuilder<RoomKey> builder)
    {
        builder.ToTable("room_keys");
        builder.HasKey(key => new { key.RoomId, key.UserGuid, key.Epoch });
        builder.Property(key => key.RoomId).HasMaxLength(RoomId.Size);
        builder.Property(key => key.UserGuid).HasMaxLength(32);
        builder.HasIndex(key => new { key.RoomId, key.Epoch });
    }
}

/// <summary>That a sender named a message, so that a repeat is told from a new one. It outlives a message that is removed within a day.</summary>
internal sealed class RoomClientMessage
{
    public required byte[] RoomId { get; init; }

    public HashIdentifier UserGuid { get; init; }

    /// <summary>1 to 128 visible ASCII characters.</summary>
    public required byte[] ClientMessageId { get; init; }

    public long Sequence { get; init; }

    public DateTimeOffset PostedDate { get; init; }

    /// <summary>Set once the message is removed.</summary>
    public DateTimeOffset? ExpiresDate { get; init; }
}

internal sealed class RoomClientMessageConfiguration : IEntityTypeConfiguration<RoomClientMessage>
{
    public void Configure(EntityTypeBuilder<RoomClientMessage> builder)
    {
        builder.ToTable("room_client_messages");

        // Of many repeats at once this key lets one be a message.
        builder.HasKey(message => new { message.RoomId, message.UserGuid, message.ClientMessageId });
        builder.Property(message => message.RoomId).HasMaxLength(RoomId.Size);
        builder.Property(message => message.UserGuid).HasMaxLength(32);
        builder.Property(message => message.ClientMessageId).HasMaxLength(RoomEvent.MaxClientMessageIdLength);
        builder.HasIndex(message => message.ExpiresDate).HasFilter("expires_date IS NOT NULL");
    }
}
