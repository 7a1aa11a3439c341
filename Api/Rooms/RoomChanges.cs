using System.Text.Json;
using System.Text.Json.Nodes;
using Repository.Api.Hosting.Json;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;

namespace Repository.Api.Rooms;

/// <summary>The fields of a room that changed, with the names and values of its view: what an <c>updated</c> event tells.</summary>
internal static class RoomChanges
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = ApiJson.Encoder };

    /// <summary>What a request changes; empty when all is so already.</summary>
    public static JsonObject Between(Room room, UpdateRoomRequest request)
    {
        var changes = new JsonObject();
        Add(changes, "name", room.Name, request.Name);
        Add(changes, "info", room.Info, request.Info);
        Add(changes, "capacity", room.Capacity, request.Capacity);
        Add(changes, "admission", AdmissionText.Spell(room.Admission), request.Admission);
        Add(changes, "historyLimit", room.HistoryLimit, request.HistoryLimit);
        Add(changes, "retentionSeconds", room.RetentionSeconds, request.RetentionSeconds);
        return changes;
    }

    /// <summary>That the room has another owner.</summary>
    public static JsonObject Owner(HashIdentifier owner) => new() { ["ownerGuid"] = owner.ToString() };

    /// <summary>As it is stored: JSON in UTF-8.</summary>
    public static byte[] Spell(JsonObject changes) => System.Text.Encoding.UTF8.GetBytes(changes.ToJsonString(Plain));

    private static void Add(JsonObject changes, string name, string? was, string? asked)
    {
        if (asked is not null && !string.Equals(was, asked, StringComparison.Ordinal))
        {
            changes.Add(name, asked);
        }
    }

    private static void Add(JsonObject changes, string name, int? was, int? asked)
    {
        if (asked is not null && was != asked)
        {
            changes.Add(name, asked);
        }
    }
}
