using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Repository.Domain.Coffer;
using Repository.Domain.Encoding;

namespace Repository.Api.Coffer;

/// <summary>Reads the value of a secret from JSON. A value of another type than is said is none: nothing is converted.</summary>
internal static class SecretJson
{
    public static bool TryRead(SecretType type, JsonElement json, [NotNullWhen(true)] out SecretValue? value)
    {
        value = (type, json.ValueKind) switch
        {
            (SecretType.String, JsonValueKind.String) when TryReadText(json, out var text) => new SecretValue.Text(text),
            (SecretType.Integer, JsonValueKind.Number) when json.TryGetInt64(out var number) => new SecretValue.Integer(number),
            (SecretType.Float, JsonValueKind.Number) when json.TryGetDouble(out var number) && double.IsFinite(number) => new SecretValue.Float(number),
            (SecretType.Boolean, JsonValueKind.True or JsonValueKind.False) => new SecretValue.Boolean(json.GetBoolean()),
            (SecretType.Date, JsonValueKind.String) when TryReadText(json, out var text) && TryReadDate(text, out var date) => new SecretValue.Date(date),
            _ => null,
        };
        return value is not null;
    }

    private static bool TryReadText(JsonElement json, out string text)
    {
        try
        {
            text = json.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = string.Empty; // An escape makes a lone surrogate, which no text holds.
            return false;
        }
    }

    private static bool TryReadDate(string text, out DateTimeOffset date) =>
        Rfc3339OffsetDate.TryParseCut(System.Text.Encoding.UTF8.GetBytes(text), out date);
}
