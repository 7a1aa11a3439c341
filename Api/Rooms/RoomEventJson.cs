using System.Text.Json;
using Repository.Domain.Rooms;

namespace Repository.Api.Rooms;

/// <summary>Writes events as JSON: each with the members of its type and no other (design/api.md, Rooms: Events).</summary>
internal static class RoomEventJson
{
    /// <summary>The name of a type.</summary>
    public static string NameOf(RoomEventType type) => type switch
    {
        RoomEventType.Message => "message",
        RoomEventType.Joined => "joined",
        RoomEventType.Requested => "requested",
        RoomEventType.Left => "left",
        RoomEventType.Removed => "removed",
        RoomEventType.Epoch => "epoch",
        RoomEventType.Updated => "updated",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "is none."),
    };

    public static void Write(Utf8JsonWriter json, RoomEvent entry)
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", entry.Sequence);
        json.WriteString("type", NameOf(entry.Type));
        json.WriteString("roomId", Convert.ToHexStringLower(entry.RoomId));
        json.WriteString("date", Domain.Encoding.Rfc3339Date.Spell(entry.Date));
        WriteMembers(json, entry);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, RoomEvent entry)
    {
        if (entry.UserGuid is { } user)
        {
            json.WriteString("userGuid", user.ToString());
        }

        if (entry.ByGuid is { } by)
        {
            json.WriteString("byGuid", by.ToString());
        }

        if (entry.Epoch is { } epoch)
        {
            json.WriteNumber("epoch", epoch);
        }

        if (entry.Type == RoomEventType.Message)
        {
            WriteMessage(json, entry);
        }

        if (entry.Changes is { } changes)
        {
            using var fields = JsonDocument.Parse(changes);
            foreach (var field in fields.RootElement.EnumerateObject())
            {
                field.WriteTo(json);
            }
        }
    }

    private static void WriteMessage(Utf8JsonWriter json, RoomEvent message)
    {
        json.WriteBase64String("ciphertext", message.Ciphertext);
        json.WritePropertyName("signature");
        if (message.Signature is { } signature)
        {
            json.WriteBase64StringValue(signature);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WritePropertyName("clientMessageId");
        if (message.ClientMessageId is { } id)
        {
            json.WriteStringValue(id);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
