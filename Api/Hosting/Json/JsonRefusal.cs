using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Repository.Api.Hosting.Json;

/// <summary>
/// Says what is wrong with a body that the strict reader refused: by member, in words of ours, without a value of the body. Runs
/// only on refusal, so it reads the body a second time.
/// </summary>
internal static class JsonRefusal
{
    /// <summary>The key of what concerns the whole body.</summary>
    private const string Whole = "$";

    private const int MaxNameLength = 64;

    /// <summary>A body of nothing but mistakes must not make an answer several times its size.</summary>
    private const int MaxErrors = 32;

    public static Dictionary<string, string[]> Explain(ReadOnlyMemory<byte> body, JsonTypeInfo type, JsonException refusal)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? ExplainMembers(document.RootElement, type, refusal)
                : Say(Whole, "must be a JSON object.");
        }
        catch (JsonException unreadable)
        {
            return Say(Whole, $"is not valid JSON, or nested too deep (line {unreadable.LineNumber + 1}, byte {unreadable.BytePositionInLine + 1}).");
        }
    }

    private static Dictionary<string, string[]> ExplainMembers(JsonElement root, JsonTypeInfo type, JsonException refusal)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var known = type.Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in EnumerateReadable(root))
        {
            if (errors.Count == MaxErrors)
            {
                return errors;
            }

            if (!known.TryGetValue(member.Name, out var property))
            {
                errors[Printable(member.Name)] = ["is not a member of this request."];
            }
            else if (!seen.Add(member.Name))
            {
                errors[member.Name] = ["is given twice."];
            }
            else if (member.Value.ValueKind == JsonValueKind.Null && property.AssociatedParameter is { IsNullable: false })
            {
                errors[member.Name] = ["must not be null."];
            }
        }

        foreach (var missing in type.Properties.Where(property => property.IsRequired && !seen.Contains(property.Name)))
        {
            errors[missing.Name] = ["is required."];
        }

        return errors.Count > 0 ? errors : Say(MemberOf(refusal.Path), "has the wrong type or cannot be read.");
    }

    /// <summary>A name with a lone surrogate cannot even be spelled; what stands before it is still explained.</summary>
    private static List<JsonProperty> EnumerateReadable(JsonElement root)
    {
        var members = new List<JsonProperty>();
        try
        {
            foreach (var member in root.EnumerateObject())
            {
                _ = member.Name;
                members.Add(member);
            }
        }
        catch (InvalidOperationException)
        {
            return members;
        }

        return members;
    }

    private static Dictionary<string, string[]> Say(string name, string message) => new(StringComparer.Ordinal) { [name] = [message] };

    private static string MemberOf(string? path) => path is ['$', '.', .. var name] ? Printable(name) : Whole;

    /// <summary>A stranger's name is repeated only where it is short and plain.</summary>
    private static string Printable(string name) =>
        name.Length is > 0 and <= MaxNameLength && !name.AsSpan().ContainsAnyExceptInRange(' ', '~') ? name : Whole;
}
