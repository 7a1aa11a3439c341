namespace Repository.Domain.Coffer;

#pragma warning disable CA1720 // The names are the contract's.
/// <summary>The types of secrets; the numbers are the table's.</summary>
public enum SecretType
{
    String = 1,
    Integer = 2,
    Float = 3,
    Boolean = 4,
    Date = 5,
}
#pragma warning restore CA1720

/// <summary>The types' names in the API.</summary>
public static class SecretTypes
{
    public static string Spell(this SecretType type) => type switch
    {
        SecretType.String => "string",
        SecretType.Integer => "integer",
        SecretType.Float => "float",
        SecretType.Boolean => "boolean",
        _ => "date",
    };

    /// <summary>Reads a stranger's name of a type.</summary>
    public static bool TryParse(string? text, out SecretType type)
    {
        type = text switch
        {
            "string" => SecretType.String,
            "integer" => SecretType.Integer,
            "float" => SecretType.Float,
            "boolean" => SecretType.Boolean,
            "date" => SecretType.Date,
            _ => default,
        };
        return type != default;
    }
}
