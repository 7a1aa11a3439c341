using System.Text.Json;
using System.Text.Json.Serialization;

namespace Repository.Benchmarks.Load.Baseline;

/// <summary>What the baseline parses and writes again: an ordinary record that is 1 KiB of JSON.</summary>
internal sealed record EchoMessage(int Id, string Name, DateTimeOffset Date, string Text)
{
    private const int JsonBytes = 1024;

    /// <summary>A message whose JSON has exactly 1,024 bytes.</summary>
    public static string Json()
    {
        var date = new DateTimeOffset(2026, 11, 21, 19, 19, 0, TimeSpan.Zero);
        var empty = Serialize(new EchoMessage(1, "message", date, ""));
        return Serialize(new EchoMessage(1, "message", date, new string('x', JsonBytes - empty.Length)));
    }

    private static string Serialize(EchoMessage message) => JsonSerializer.Serialize(message, EchoJsonContext.Default.EchoMessage);
}

/// <summary>Generated serializers, as in the slim template.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(EchoMessage))]
internal sealed partial class EchoJsonContext : JsonSerializerContext;
