using System.Text.Json.Serialization;

namespace Repository.Api.Resources;

/// <summary>A machine token. No record: it would print its key.</summary>
public sealed class MachineTokenView
{
    /// <summary>Who asked.</summary>
    public required string ResourceGuid { get; init; }

    /// <summary>Who has the same token; null where it is the resource's own.</summary>
    public required string? Peer { get; init; }

    /// <summary>The timecode that was asked about; now, where none was.</summary>
    public required long Timecode { get; init; }

    /// <summary>The first second of the window.</summary>
    public required long WindowStart { get; init; }

    /// <summary>The first second after the window.</summary>
    public required long WindowEnd { get; init; }

    /// <summary>Whether the window is kept until it is retired.</summary>
    public required bool Pinned { get; init; }

    /// <summary>The token, 32 bytes in base64; absent where it is sealed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; set; }

    /// <summary>The token in an anonymous box for <c>sealTo</c> (crypto_box_seal), 80 bytes in base64; absent where none was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SealedKey { get; set; }
}
