using Repository.Domain.Rooms;

namespace Repository.Api.Rooms;

/// <summary>A room, as anyone with a session sees it.</summary>
public sealed record RoomView
{
    /// <summary>32 lower-case hex digits.</summary>
    public required string RoomId { get; init; }

    /// <summary>As its owner wrote it.</summary>
    public required string Name { get; init; }

    /// <summary>As its owner wrote it.</summary>
    public required string? Info { get; init; }

    /// <summary>Whose room it is: a member.</summary>
    public required string OwnerGuid { get; init; }

    /// <summary>How many members it takes.</summary>
    public required int Capacity { get; init; }

    /// <summary>How users come in: open, approval or invitation.</summary>
    public required string Admission { get; init; }

    /// <summary>How many messages are kept; null for all.</summary>
    public required int? HistoryLimit { get; init; }

    /// <summary>How long events are kept; null for ever.</summary>
    public required int? RetentionSeconds { get; init; }

    /// <summary>The number of the present room key; 0 before the first.</summary>
    public required long Epoch { get; init; }

    /// <summary>Whether nothing can be posted until the owner begins the next epoch.</summary>
    public required bool RekeyRequired { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedDate { get; init; }

    /// <summary>The sequence of the latest event.</summary>
    public required long LastSequence { get; init; }

    internal static RoomView Of(Room room) => new()
    {
        RoomId = Domain.Rooms.RoomId.Load(room.RoomId).ToString(),
        Name = room.Name,
        Info = room.Info,
        OwnerGuid = room.OwnerGuid.ToString(),
        Capacity = room.Capacity,
        Admission = AdmissionText.Spell(room.Admission),
        HistoryLimit = room.HistoryLimit,
        RetentionSeconds = room.RetentionSeconds,
        Epoch = room.Epoch,
        RekeyRequired = room.RekeyRequired,
        CreatedDate = room.CreatedDate,
        LastSequence = room.LastSequence,
    };
}

/// <summary>What a user is to a room.</summary>
/// <param name="UserGuid">The user.</param>
/// <param name="State">member, pending or invited.</param>
public sealed record MembershipView(string UserGuid, string State);

/// <summary>A user in a room, or on the way into it.</summary>
/// <param name="UserGuid">The user.</param>
/// <param name="State">member, pending or invited.</param>
/// <param name="JoinedDate">When it became a member, the latest time; null for who is none.</param>
public sealed record RoomMemberView(string UserGuid, string State, DateTimeOffset? JoinedDate)
{
    internal static RoomMemberView Of(RoomMember member) =>
        new(member.UserGuid.ToString(), MemberStateText.Spell(member.State), member.JoinedDate);
}

/// <summary>An epoch that began.</summary>
/// <param name="Epoch">Its number.</param>
public sealed record EpochView(long Epoch);

/// <summary>A room key, wrapped for the caller.</summary>
/// <param name="Epoch">The epoch whose key it is.</param>
/// <param name="WrappedKey">Base64, as the owner sent it.</param>
public sealed record RoomKeyView(long Epoch, string WrappedKey);

/// <summary>A message that is in the room's log.</summary>
/// <param name="Sequence">Its sequence.</param>
/// <param name="PostedDate">When it was posted.</param>
public sealed record PostedMessageView(long Sequence, DateTimeOffset PostedDate);
