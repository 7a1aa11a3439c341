using System.Text.Json;
using System.Text.Json.Serialization;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;

namespace Repository.Api.Resources;

/// <summary>Reads and writes <c>"own"</c>, <c>"any"</c>, or an array of resource guids.</summary>
internal sealed class AllowedPeersConverter : JsonConverter<AllowedPeers>
{
    public override AllowedPeers Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String when reader.ValueTextEquals("own"u8) => AllowedPeers.Own,
        JsonTokenType.String when reader.ValueTextEquals("any"u8) => AllowedPeers.Any,
        JsonTokenType.StartArray => ReadList(ref reader),
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, AllowedPeers value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Json, skipInputValidation: true);

    private static AllowedPeers ReadList(ref Utf8JsonReader reader)
    {
        var guids = new List<HashIdentifier>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String
                || !HashIdentifier.TryParse(reader.GetString(), out var guid)
                || guids.Count == AllowedPeers.MaxListed)
            {
                throw new JsonException();
            }

            guids.Add(guid);
        }

        return AllowedPeers.Listed(guids);
    }
}
