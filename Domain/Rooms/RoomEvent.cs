using Repository.Domain.Encoding;

namespace Repository.Domain.Rooms;

/// <summary>What happened in a room. The numbers are stored.</summary>
public enum RoomEventType
{
    Message = 1,
    Joined = 2,
    Requested = 3,
    Left = 4,
    Removed = 5,
    Epoch = 6,
    Updated = 7,
}

/// <summary>
/// One entry of a room's log. Which members have a value depends on the type (design/api.md, Rooms: Events).
/// </summary>
public sealed class RoomEvent
{
    public const int MaxCiphertextSize = 65_536;

    /// <summary>An RSA key of 8,192 bits, the longest that a user can have, makes a signature of this size.</summary>
    public const int MaxSignatureSize = 1_024;

    public const int MaxClientMessageIdLength = 128;

    public RoomEvent(byte[] roomId, long sequence, RoomEventType type, long messageNumber, DateTimeOffset date)
    {
        RoomId = roomId;
        Sequence = sequence;
        Type = type;
        MessageNumber = messageNumber;
        Date = date;
    }

    /// <summary>
    /// Unique among all rooms, and never given twice. Within a room it rises with the sequence; from room to room an event may become visible
    /// after one with a higher number.
    /// </summary>
    public long Number { get; private set; }

    public byte[] RoomId { get; }

    /// <summary>Consecutive within the room from 1, in the order of commits.</summary>
    public long Sequence { get; }

    public RoomEventType Type { get; }

    /// <summary>
    /// How many messages were posted in the room up to this event, itself included. It never falls as sequences rise, so the room's
    /// history limit cuts the log at one place: an event is kept while <c>message_number &gt; rooms.message_count - history_limit</c>.
    /// </summary>
    public long MessageNumber { get; }

    /// <summary>When it was written, by the server's clock. A clock that is set back makes it fall while sequences rise.</summary>
    public DateTimeOffset Date { get; }

    /// <summary>The sender of a message; who joined, asked, left or was removed.</summary>
    public HashIdentifier? UserGuid { get; init; }

    /// <summary>Who removed a member.</summary>
    public HashIdentifier? ByGuid { get; init; }

    /// <summary>Of a message the one it is sealed under; of a renewal the new one.</summary>
    public long? Epoch { get; init; }

    /// <summary>Of a message, 1 to 65,536 bytes.</summary>
    public byte[]? Ciphertext { get; init; }

    /// <summary>Of a message, where its sender gave one.</summary>
    public byte[]? Signature { get; init; }

    /// <summary>Of a message, where its sender gave one: 1 to 128 visible ASCII characters.</summary>
    public byte[]? ClientMessageId { get; init; }

    /// <summary>Of an update, the fields that changed: a JSON object in UTF-8, with the names and values of the room's view.</summary>
    public byte[]? Changes { get; init; }
}
