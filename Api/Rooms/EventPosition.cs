using System.Runtime.InteropServices;
using Repository.Infrastructure.Rooms;

namespace Repository.Api.Rooms;

/// <summary>Where a reader goes on: after a sequence of one room, or at a cursor over all of them.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EventPosition
{
    private EventPosition(long sequence, EventCursor? cursor)
    {
        Sequence = sequence;
        Cursor = cursor;
    }

    /// <summary>Of one room.</summary>
    public long Sequence { get; }

    /// <summary>Over all rooms; null in one room.</summary>
    public EventCursor? Cursor { get; }

    public static EventPosition After(long sequence) => new(sequence, null);

    public static EventPosition At(EventCursor cursor) => new(0, cursor);
}
