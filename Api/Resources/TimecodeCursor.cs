using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using Repository.Domain.Encoding;

namespace Repository.Api.Resources;

/// <summary>
/// Where a part of the list of pinned windows ended: opaque to clients.
/// <code>base64url(u64be(pinnedDate's ticks) | u64be(windowStart) | peer (0, 16 or 32))</code>
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TimecodeCursor(long PinnedTicks, long WindowStart, HashIdentifier? Peer) : ICanonicalText<TimecodeCursor>
{
    private const int NumbersSize = 2 * sizeof(long);
    private const int MaxSize = NumbersSize + 32;

    public static string Rule => "must be the next of an earlier answer.";

    public static bool TryParse(ReadOnlySpan<char> text, out TimecodeCursor value)
    {
        value = default;
        Span<byte> bytes = stackalloc byte[MaxSize];
        if (!Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var size)
            || size is not (NumbersSize or NumbersSize + 16 or MaxSize))
        {
            return false;
        }

        value = new TimecodeCursor(
            BinaryPrimitives.ReadInt64BigEndian(bytes),
            BinaryPrimitives.ReadInt64BigEndian(bytes[sizeof(long)..]),
            size == NumbersSize ? null : HashIdentifier.Load(bytes[NumbersSize..size]));

        // The decoder ignores white space and stray bits: only the text that encoding gives back is a cursor.
        return value is { PinnedTicks: >= 0, WindowStart: >= 0 } && text.SequenceEqual(value.ToString());
    }

    public override string ToString()
    {
        var numbers = new byte[NumbersSize];
        BinaryPrimitives.WriteInt64BigEndian(numbers, PinnedTicks);
        BinaryPrimitives.WriteInt64BigEndian(numbers.AsSpan(sizeof(long)), WindowStart);
        return Base64Url.EncodeToString([.. numbers, .. Peer?.ToByteArray() ?? []]);
    }
}
