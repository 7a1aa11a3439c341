using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Repository.Domain.Encoding;

namespace Repository.Api.Hosting.Json;

/// <summary>Writes dates in the server's one spelling; see <see cref="Rfc3339Date"/>.</summary>
internal sealed class Rfc3339Converter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Rfc3339Date.TryParse(reader.GetString(), out var date) ? date.Value : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[Rfc3339Date.Length];
        _ = value.UtcDateTime.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture); // For UTC: seven digits and Z.
        writer.WriteStringValue(text[..length]);
    }
}
