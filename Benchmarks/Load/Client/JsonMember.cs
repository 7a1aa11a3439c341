using System.Text.Json;

namespace Repository.Benchmarks.Load.Client;

/// <summary>One member of an answer that is a JSON object, read without the others.</summary>
internal static class JsonMember
{
    /// <summary>The text of a member.</summary>
    public static string Text(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name) => Find(json, name).GetString()!;

    /// <summary>The bytes that a member spells in base64.</summary>
    public static byte[] Base64(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name) => Find(json, name).GetBytesFromBase64();

    private static Utf8JsonReader Find(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals(name))
            {
                return reader.Read() ? reader : throw UnexpectedAnswerException.For("JSON", json);
            }
        }

        throw UnexpectedAnswerException.For("a member that is not there", json);
    }
}
