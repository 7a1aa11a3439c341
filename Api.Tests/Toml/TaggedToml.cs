using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Repository.Domain.Encoding.Toml;

namespace Repository.Api.Tests.Toml;

/// <summary>Documents and their trees as JSON, each value a string with the tag of its type before it.</summary>
internal static class TaggedToml
{
    private static readonly System.Text.Json.JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TomlTable Read(string document) => Read(Encoding.UTF8.GetBytes(document));

    public static TomlTable Read(byte[] document)
    {
        Assert.True(TomlDocument.TryParse(document, out var root, out var error), error?.ToString());
        Assert.Null(error);
        return root;
    }

    public static TomlError Refuse(string document) => Refuse(Encoding.UTF8.GetBytes(document));

    public static TomlError Refuse(byte[] document)
    {
        Assert.False(TomlDocument.TryParse(document, out var root, out var error));
        Assert.Null(root);
        return error;
    }

    /// <summary>The value of the key <c>a</c>, which is the document's only one.</summary>
    public static TomlNode ValueOf(string literal) => Assert.Single(Read($"a = {literal}").Members).Value;

    public static string Spell(TomlNode node) => Normal(Of(node));

    public static string Normal(JsonNode tree) => tree.ToJsonString(Readable);

    private static JsonNode Of(TomlNode node) => node switch
    {
        TomlTable table => new JsonObject(table.Members.Select(member => KeyValuePair.Create(member.Key.Name, (JsonNode?)Of(member.Value)))),
        TomlArray array => new JsonArray([.. array.Items.Select(Of)]),
        TomlString text => $"s:{text.Value}",
        TomlInteger integer => string.Create(CultureInfo.InvariantCulture, $"i:{integer.Value}"),
        TomlFloat number => string.Create(CultureInfo.InvariantCulture, $"f:{number.Value:R}"),
        TomlBoolean boolean => boolean.Value ? "b:true" : "b:false",
        TomlOffsetDateTime date => "o:" + date.Value.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffK", CultureInfo.InvariantCulture).Replace("+00:00", "Z", StringComparison.Ordinal),
        TomlLocalDateTime date => "l:" + date.Value.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffK", CultureInfo.InvariantCulture),
        TomlLocalDate date => "d:" + date.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TomlLocalTime time => "t:" + time.Value.ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
        _ => throw new Xunit.Sdk.XunitException($"{node.GetType()} is of no known type."),
    };
}
