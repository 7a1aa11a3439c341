using Repository.Domain.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Rooms;

/// <summary>
/// One page of all rooms of a user while it is filled. Every event up to a cursor's floor is done with; above it, those of a room up to what
/// the cursor says of the room.
/// </summary>
internal sealed class UserPage(EventCursor after, int limit, long settled)
{
    /// <summary>What a page's ciphertexts take at the most before it is closed: 4 MiB.</summary>
    private const int MaxBytes = 4 << 20;

    private const int FirstEventColumn = 3;

    private readonly Dictionary<long, long> _ahead = after.Ahead.ToDictionary(static room => room.Room, static room => room.Number);
    private readonly List<RoomEvent> _events = [];
    private int _bytes;

    public IReadOnlyList<RoomEvent> Events => _events;

    /// <summary>The number up to which rows were looked at.</summary>
    public long Position { get; private set; } = after.Floor;

    /// <summary>Whether it takes no more, so that there may be more.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Takes the next row, in the order of numbers.</summary>
    /// <returns>False when the page is full without it.</returns>
    public bool TryTake(SqlRow row)
    {
        var (number, room) = (row.Number(0), row.Number(1));
        var isKnown = _ahead.TryGetValue(room, out var done);
        if (!isKnown || number > done)
        {
            if (_events.Count == limit || _bytes >= MaxBytes || (!isKnown && number > settled && _ahead.Count == EventCursor.MaxAhead))
            {
                IsFull = true;
                return false;
            }

            Take(row, room, number);
        }

        Position = number;
        return true;
    }

    /// <summary>Where the next read goes on: as high a floor as is settled, and beside it only rooms that were read above it.</summary>
    public EventCursor Next()
    {
        var floor = Math.Max(after.Floor, IsFull ? Math.Min(settled, Position) : settled);
        return new EventCursor(floor, [.. _ahead.Where(room => room.Value > floor).OrderBy(static room => room.Key).Select(static room => (room.Key, room.Value))]);
    }

    private void Take(SqlRow row, long room, long number)
    {
        if (number > settled)
        {
            _ahead[room] = number; // Below, the floor says as much.
        }

        if (row.Number(2) == 1)
        {
            var entry = EventRow.Read(row, FirstEventColumn);
            _bytes += entry.Ciphertext?.Length ?? 0;
            _events.Add(entry);
        }
    }
}
