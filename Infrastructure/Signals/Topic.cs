using System.Runtime.InteropServices;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;

namespace Repository.Infrastructure.Signals;

/// <summary>What a signal is about: where one has to look again, and never what is to be seen there.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Topic
{
    private readonly TopicKind _kind;
    private readonly HashIdentifier _id;

    private Topic(TopicKind kind, HashIdentifier id)
    {
        _kind = kind;
        _id = id;
    }

    /// <summary>The longest that <see cref="ToByteArray"/> is.</summary>
    internal const int MaxSize = 1 + 32;

    private enum TopicKind : byte
    {
        Room = 1,
        User = 2,
    }

    /// <summary>Whether it is a room's.</summary>
    public bool IsRoom => _kind == TopicKind.Room;

    /// <summary>A room's log, its members, its end.</summary>
    public static Topic Room(RoomId room) => new(TopicKind.Room, HashIdentifier.Load(room.ToByteArray()));

    /// <summary>A user's rooms, the end of any of its sessions or of their tokens, its being disabled.</summary>
    public static Topic User(HashIdentifier user) => new(TopicKind.User, user);

    /// <summary>Reads what another node wrote; false for what is none, as from a newer version.</summary>
    internal static bool TryLoad(ReadOnlySpan<byte> bytes, out Topic topic)
    {
        topic = default;
        if (bytes.Length is not (1 + 16 or 1 + 32) || (TopicKind)bytes[0] is not (TopicKind.Room or TopicKind.User))
        {
            return false;
        }

        topic = new Topic((TopicKind)bytes[0], HashIdentifier.Load(bytes[1..]));
        return true;
    }

    /// <summary>The kind (1), then the 16 or 32 bytes of the name.</summary>
    internal byte[] ToByteArray() => [(byte)_kind, .. _id.ToByteArray()];

    public override string ToString() => $"{_kind} {_id}";
}
