using System.Text.Json.Serialization;

namespace Repository.Api.Rooms;

/// <summary>Events of one room.</summary>
/// <param name="Events">In the order of their sequences.</param>
/// <param name="Next">What to pass as <c>after</c> the next time.</param>
public sealed record RoomEventsView(IReadOnlyList<RoomEventView> Events, long Next);

/// <summary>Events of all rooms of a user.</summary>
/// <param name="Events">Of each room in the order of their sequences.</param>
/// <param name="Next">What to pass as <c>after</c> the next time.</param>
public sealed record EventsView(IReadOnlyList<RoomEventView> Events, string Next);

/// <summary>
/// One event. Beside the first four it has the members of its type, null where there is no value: <c>message</c> userGuid, epoch,
/// ciphertext, signature, clientMessageId; <c>joined</c>, <c>requested</c>, <c>left</c> userGuid; <c>removed</c> userGuid, byGuid;
/// <c>epoch</c> epoch; <c>updated</c> the fields that changed. This describes it; <see cref="RoomEventJson"/> writes it.
/// </summary>
/// <param name="Sequence">Consecutive within the room from 1.</param>
/// <param name="Type">message, joined, requested, left, removed, epoch or updated.</param>
/// <param name="RoomId">The room.</param>
/// <param name="Date">When it happened.</param>
public sealed record RoomEventView(long Sequence, string Type, string RoomId, DateTimeOffset Date)
{
    /// <summary>The sender; or who joined, asked, left or was removed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UserGuid { get; init; }

    /// <summary>Who removed a member.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ByGuid { get; init; }

    /// <summary>The epoch of the message, or the one that began.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Epoch { get; init; }

    /// <summary>Base64, as the sender sent it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Ciphertext { get; init; }

    /// <summary>Base64, as the sender sent it; null where it sent none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Signature { get; init; }

    /// <summary>What the sender called it; null where it gave no name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ClientMessageId { get; init; }

    /// <summary>Of an update: each field that changed, by its name in the room, with its new value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <inheritdoc cref="Name"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Info { get; init; }

    /// <inheritdoc cref="Name"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OwnerGuid { get; init; }

    /// <inheritdoc cref="Name"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Capacity { get; init; }

    /// <inheritdoc cref="Name"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Admission { get; init; }

    /// <inheritdoc cref="Name"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? HistoryLimit { get; init; }

    /// <inheritdoc cref="Name"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? RetentionSeconds { get; init; }
}
