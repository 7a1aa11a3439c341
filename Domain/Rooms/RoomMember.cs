using Repository.Domain.Encoding;

namespace Repository.Domain.Rooms;

/// <summary>A user in a room, or on the way into it.</summary>
public sealed class RoomMember
{
    private RoomMember(byte[] roomId, HashIdentifier userGuid)
    {
        RoomId = roomId;
        UserGuid = userGuid;
    }

    public byte[] RoomId { get; }

    public HashIdentifier UserGuid { get; }

    public MemberState State { get; private set; }

    /// <summary>Rises, within the room, in the order in which users came to be what they are now.</summary>
    public long Place { get; private set; }

    /// <summary>When it became a member, the latest time; null for who is none.</summary>
    public DateTimeOffset? JoinedDate { get; private set; }

    /// <summary>The sequence of its latest <c>joined</c>, from which on it reads; null for who is no member.</summary>
    public long? JoinedSequence { get; private set; }
}
