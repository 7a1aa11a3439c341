using System.Buffers.Text;

namespace Repository.Infrastructure.Rooms;

/// <summary>
/// Where a reader of all its rooms stands: opaque to clients, base64url without padding of
/// <code>
/// cursor := version (1) | floor | count | count × ( room | number − floor )
/// </code>
/// after the version in unsigned LEB128. Every event numbered up to the floor is done with; above it, in each room that is named (by its
/// place in the order of creation, rising), those up to the room's number. It names only rooms that were read above what was settled, so
/// it stays short however many rooms its owner has.
/// </summary>
/// <param name="Floor">A number of an event; 0 for the start.</param>
/// <param name="Ahead">At most <see cref="MaxAhead"/> rooms, rising.</param>
internal sealed record EventCursor(long Floor, IReadOnlyList<(long Room, long Number)> Ahead)
{
    /// <summary>How many rooms a cursor names at the most: it is then at most 1,720 characters long, and mostly less than 20.</summary>
    public const int MaxAhead = 64;

    private const byte Version = 1;
    private const int MaxNumberSize = 10;
    private const int MaxSize = 1 + MaxNumberSize + 1 + (MaxAhead * 2 * MaxNumberSize);

    /// <summary>Before the first event.</summary>
    public static EventCursor Start { get; } = new(0, []);

    /// <summary>Reads a stranger's text; null when it is no cursor. Never throws.</summary>
    public static EventCursor? Parse(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[MaxSize];
        if (text.Length > Base64Url.GetEncodedLength(MaxSize)
            || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var size)
            || Read(bytes[..size]) is not { } cursor)
        {
            return null;
        }

        // The decoder ignores stray bits and white space, and numbers could be longer than they need: only what writing gives back is one.
        return text.SequenceEqual(cursor.ToString()) ? cursor : null;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[MaxSize];
        bytes[0] = Version;
        var size = 1;
        Write(Floor, bytes, ref size);
        Write(Ahead.Count, bytes, ref size);
        foreach (var (room, number) in Ahead)
        {
            Write(room, bytes, ref size);
            Write(number - Floor, bytes, ref size);
        }

        return Base64Url.EncodeToString(bytes[..size]);
    }

    private static EventCursor? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes[0] != Version)
        {
            return null;
        }

        bytes = bytes[1..];
        if (!TryRead(ref bytes, out var floor) || !TryRead(ref bytes, out var count) || count > MaxAhead)
        {
            return null;
        }

        var ahead = new (long Room, long Number)[count];
        for (var i = 0; i < ahead.Length; i++)
        {
            if (!TryRead(ref bytes, out var room) || !TryRead(ref bytes, out var above)
                || above == 0 || above > long.MaxValue - floor || (i > 0 && room <= ahead[i - 1].Room))
            {
                return null;
            }

            ahead[i] = (room, floor + above);
        }

        return bytes.IsEmpty ? new EventCursor(floor, ahead) : null;
    }

    private static bool TryRead(ref ReadOnlySpan<byte> bytes, out long number)
    {
        number = 0;
        for (var i = 0; i < bytes.Length && i < MaxNumberSize - 1; i++) // Nine groups of seven bits are all of a positive number.
        {
            number |= (long)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private static void Write(long number, Span<byte> bytes, ref int size)
    {
        for (; number >= 0x80; number >>= 7)
        {
            bytes[size++] = unchecked((byte)(number | 0x80));
        }

        bytes[size++] = (byte)number;
    }
}
