using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;

namespace Repository.Domain.Cluster.PrivatePort;

/// <summary>
/// A map from names to unsigned integers, byte strings, texts, lists and maps: all that messages are made of. Whatever else CBOR has, and a
/// name that occurs twice, trailing bytes or nesting over <see cref="MaxDepth"/>, is refused.
/// </summary>
internal sealed class CborFields
{
    private const int MaxDepth = 4;

    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    private CborFields()
    {
    }

    public int Count => _values.Count;

    public static bool TryRead(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out CborFields? fields)
    {
        fields = null;
        try
        {
            var reader = new CborReader(encoded, CborConformanceMode.Strict);
            var read = reader.PeekState() == CborReaderState.StartMap ? ReadMap(reader, MaxDepth) : null;
            fields = reader.BytesRemaining == 0 ? read : null;
            return fields is not null;
        }
        catch (CborContentException)
        {
            // The base library has no other way to say that the bytes are no CBOR, or end too early.
            return false;
        }
    }

    public ulong? Number(string name) => _values.GetValueOrDefault(name) as ulong?;

    public byte[]? Bytes(string name) => _values.GetValueOrDefault(name) as byte[];

    public string? Text(string name) => _values.GetValueOrDefault(name) as string;

    /// <summary>A list of which every item is of this kind.</summary>
    public IReadOnlyList<T>? List<T>(string name)
        where T : class =>
        _values.GetValueOrDefault(name) is List<object> items && items.TrueForAll(static item => item is T) ? items.ConvertAll(static item => (T)item) : null;

    /// <returns>Null when it holds anything that is refused.</returns>
    private static CborFields? ReadMap(CborReader reader, int depth)
    {
        var fields = new CborFields();
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            if (reader.PeekState() != CborReaderState.TextString)
            {
                return null;
            }

            var name = reader.ReadTextString();
            if (ReadValue(reader, depth - 1) is not { } value)
            {
                return null;
            }

            fields._values.Add(name, value); // The reader refuses a name that it has read already.
        }

        reader.ReadEndMap();
        return fields;
    }

    private static List<object>? ReadList(CborReader reader, int depth)
    {
        var items = new List<object>();
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            if (ReadValue(reader, depth - 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        reader.ReadEndArray();
        return items;
    }

    private static object? ReadValue(CborReader reader, int depth) => reader.PeekState() switch
    {
        CborReaderState.UnsignedInteger => reader.ReadUInt64(),
        CborReaderState.ByteString => reader.ReadByteString(),
        CborReaderState.TextString => reader.ReadTextString(),
        CborReaderState.StartArray when depth > 0 => ReadList(reader, depth),
        CborReaderState.StartMap when depth > 0 => ReadMap(reader, depth),
        _ => null,
    };
}
