using System.Text.Json;

namespace Repository.Domain.Capabilities;

/// <summary>How the parts of a capability file are read from their canonical form, in which every name has one spelling and one place.</summary>
internal static class CapabilityJson
{
    /// <summary>Reads the name and the beginning of the next member. False when it has another name or there is none.</summary>
    public static bool TryReadMember(ref Utf8JsonReader json, ReadOnlySpan<byte> name) =>
        json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueSpan.SequenceEqual(name) && json.Read();

    /// <summary>Reads on to the end of an object. False when it has more members.</summary>
    public static bool TryReadEnd(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.EndObject;
}
