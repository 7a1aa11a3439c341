using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Repository.Domain.Encoding;

namespace Repository.Api.Hosting.Json;

/// <summary>Bytes that a request holds as base64. They are decoded from the body itself: a long text would take twice its size on the way.</summary>
public sealed class Base64Bytes
{
    internal Base64Bytes(byte[]? value) => Value = value;

    /// <summary>The bytes; null where the text was not the one spelling of any, which the validator says.</summary>
    internal byte[]? Value { get; }
}

/// <summary>Reads and writes <see cref="Base64Bytes"/>. What is no text is the wrong type.</summary>
internal sealed class Base64BytesConverter : JsonConverter<Base64Bytes>
{
    public override Base64Bytes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException();
        }

        if (!reader.ValueIsEscaped)
        {
            return Decode(reader.ValueSpan); // Bodies are read whole, so the text is in one piece.
        }

        var unescaped = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            return Decode(unescaped.AsSpan(0, reader.CopyString(unescaped)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(unescaped);
        }
    }

    public override void Write(Utf8JsonWriter writer, Base64Bytes value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.Value);

    /// <summary>No text is no bytes, which is base64 too: whether that is enough, the validator says.</summary>
    private static Base64Bytes Decode(ReadOnlySpan<byte> text) => text.IsEmpty
        ? new Base64Bytes([])
        : new Base64Bytes(StrictBase64.TryDecodeUpTo(text, text.Length, out var bytes) ? bytes : null);
}
