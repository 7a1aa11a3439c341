using Repository.Domain.Encoding;

namespace Repository.Domain.Rooms;

/// <summary>
/// A group whose members exchange messages that the server cannot read. Its row counts everything that happens in it: who holds the row's
/// lock knows that nothing else does.
/// </summary>
public sealed class Room
{
    public const int MaxNameLength = 200;
    public const int MaxInfoLength = 2_000;
    public const int MaxCapacity = 10_000;
    public const int DefaultCapacity = 256;
    public const int MaxHistoryLimit = 1_000_000;

    /// <summary>Ten years of 365 days.</summary>
    public const int MaxRetentionSeconds = 10 * 365 * 24 * 3_600;

    private Room(byte[] roomId, HashIdentifier ownerGuid, string name, string? info, DateTimeOffset createdDate)
    {
        RoomId = roomId;
        OwnerGuid = ownerGuid;
        Name = name;
        Info = info;
        CreatedDate = createdDate;
    }

    /// <summary>Rises in the order of creation.</summary>
    public long Id { get; private set; }

    /// <summary>16 random bytes that name it: see <see cref="Rooms.RoomId"/>.</summary>
    public byte[] RoomId { get; }

    /// <summary>A member, always.</summary>
    public HashIdentifier OwnerGuid { get; private set; }

    public string Name { get; private set; }

    public string? Info { get; private set; }

    /// <summary>How many members it takes at the most.</summary>
    public int Capacity { get; private set; }

    /// <summary>How many there are; claimed by a conditional update.</summary>
    public int MemberCount { get; private set; }

    public Admission Admission { get; private set; }

    /// <summary>How many messages are kept; null for all.</summary>
    public int? HistoryLimit { get; private set; }

    /// <summary>How long events are kept; null for ever.</summary>
    public int? RetentionSeconds { get; private set; }

    /// <summary>The number of the present room key; 0 before the first.</summary>
    public long Epoch { get; private set; }

    /// <summary>Whether somebody who has the present key is no member any more, or there is none yet: then nothing is posted.</summary>
    public bool RekeyRequired { get; private set; }

    public DateTimeOffset CreatedDate { get; }

    /// <summary>The sequence of the latest event. It never goes back, whatever is removed.</summary>
    public long LastSequence { get; private set; }

    /// <summary>
    /// The sequence of the latest <c>left</c> or <c>removed</c>; null while there was none. Who was a member at or after it still is: so one
    /// read of the log tells of everyone who waits on it.
    /// </summary>
    public long? DepartedSequence { get; private set; }

    /// <summary>How many messages were ever posted.</summary>
    public long MessageCount { get; private set; }

    /// <summary>The latest number in the order of joining.</summary>
    public long LastPlace { get; private set; }

    /// <summary>A deleted room is there only until its rows are removed.</summary>
    public bool IsDeleted { get; private set; }
}
