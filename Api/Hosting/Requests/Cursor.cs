using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using Repository.Domain.Encoding;

namespace Repository.Api.Hosting.Requests;

/// <summary>Where a part of a list ended: opaque to clients, base64url of a row's number (8 bytes, big-endian).</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Cursor(long Position) : ICanonicalText<Cursor>
{
    private const int Length = 11;

    public static string Rule => "must be the next of an earlier answer.";

    public static bool TryParse(ReadOnlySpan<char> text, out Cursor value)
    {
        value = default;
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        if (text.Length != Length
            || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var size)
            || size != sizeof(long))
        {
            return false;
        }

        value = new Cursor(BinaryPrimitives.ReadInt64BigEndian(bytes));

        // The decoder ignores stray bits: only the text that encoding gives back is a cursor.
        return value.Position >= 0 && text.SequenceEqual(value.ToString());
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Position);
        return Base64Url.EncodeToString(bytes);
    }
}
