using System.Formats.Cbor;
using System.Globalization;

namespace Repository.Api.Tests.Coffer;

/// <summary>Spells CBOR in the diagnostic notation of RFC 8949, 8; a float with its width, such as <c>1.5_1</c>.</summary>
internal sealed class CborText(CborReader reader)
{
    public string Next() => reader.PeekState() switch
    {
        CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger => reader.ReadInt64().ToString(CultureInfo.InvariantCulture),
        CborReaderState.TextString => $"\"{reader.ReadTextString()}\"",
        CborReaderState.Boolean => reader.ReadBoolean() ? "true" : "false",
        CborReaderState.HalfPrecisionFloat => Float(reader.ReadDouble(), "_1"),
        CborReaderState.SinglePrecisionFloat => Float(reader.ReadDouble(), "_2"),
        CborReaderState.DoublePrecisionFloat => Float(reader.ReadDouble(), "_3"),
        CborReaderState.Tag => $"{(ulong)reader.ReadTag()}({Next()})",
        CborReaderState.StartArray => Array(),
        CborReaderState.StartMap => Map(),
        var state => throw new InvalidOperationException($"No secret holds a {state}."),
    };

    private static string Float(double value, string width) => value.ToString("R", CultureInfo.InvariantCulture) + width;

    private string Array()
    {
        var count = reader.ReadStartArray()!.Value;
        var items = Enumerable.Range(0, count).Select(_ => Next()).ToList();
        reader.ReadEndArray();
        return $"[{string.Join(", ", items)}]";
    }

    private string Map()
    {
        var count = reader.ReadStartMap()!.Value;
        var items = Enumerable.Range(0, count).Select(_ => $"{Next()}: {Next()}").ToList();
        reader.ReadEndMap();
        return $"{{{string.Join(", ", items)}}}";
    }
}
