using System.Text.Json;
using System.Text.Json.Serialization;
using Repository.Domain.Encoding;

namespace Repository.Api.Rooms;

/// <summary>A room key, wrapped for each of a room's members: what the wrapping holds only they can tell.</summary>
public sealed class WrappedKeys
{
    public const int MaxSize = 512;

    private WrappedKeys(Dictionary<HashIdentifier, byte[]>? byUser) => ByUser = byUser;

    /// <summary>By user guid; null where one of them was not in order: see <see cref="WrappedKeysConverter"/>.</summary>
    internal Dictionary<HashIdentifier, byte[]>? ByUser { get; }

    internal static WrappedKeys Of(Dictionary<HashIdentifier, byte[]> byUser) => new(byUser);

    /// <summary>A user that is spelled wrongly or named twice, or a key that is no base64, or empty, or too long.</summary>
    internal static WrappedKeys Malformed() => new(byUser: null);
}

/// <summary>
/// Reads <c>{ userGuid: base64 }</c>. What is malformed is left to the validator, which can say what it must be; what is no object of
/// texts is the wrong type.
/// </summary>
internal sealed class WrappedKeysConverter : JsonConverter<WrappedKeys>
{
    private const int MaxBase64Length = (WrappedKeys.MaxSize + 2) / 3 * 4;

    public override WrappedKeys Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        var keys = new Dictionary<HashIdentifier, byte[]>();
        var isMalformed = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isUser = HashIdentifier.TryParse(reader.GetString(), out var user);
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                throw new JsonException();
            }

            isMalformed |= !TryReadKey(ref reader, out var key) || !isUser || !keys.TryAdd(user, key);
        }

        return isMalformed ? WrappedKeys.Malformed() : WrappedKeys.Of(keys);
    }

    public override void Write(Utf8JsonWriter writer, WrappedKeys value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (user, key) in value.ByUser ?? [])
        {
            writer.WriteBase64String(user.ToString(), key);
        }

        writer.WriteEndObject();
    }

    private static bool TryReadKey(ref Utf8JsonReader reader, out byte[] key)
    {
        Span<byte> text = stackalloc byte[MaxBase64Length];
        key = [];
        return reader.ValueSpan.Length <= MaxBase64Length
            && StrictBase64.TryDecodeUpTo(text[..reader.CopyString(text)], WrappedKeys.MaxSize, out key);
    }
}
