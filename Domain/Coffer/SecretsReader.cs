using System.Globalization;
using Repository.Domain.Encoding.Toml;

namespace Repository.Domain.Coffer;

/// <summary>Reads the secrets of a shard's table: every scalar in it but its id. Anything else in it is a flaw.</summary>
internal sealed class SecretsReader(DefinitionFlaws flaws, List<string> path)
{
    private static readonly string KeyTooLong = string.Create(CultureInfo.InvariantCulture, $"A secret's key may have {Secret.MaxKeySize:N0} bytes.");

    public List<Secret> Read(TomlTable table, TomlMember? id)
    {
        var secrets = new List<Secret>(table.Members.Count);
        foreach (var member in table.Members.Where(member => member != id))
        {
            if (ValueOf(member) is { } value)
            {
                secrets.Add(new Secret(member.Key.Name, value));
            }
        }

        return secrets;
    }

    private SecretValue? ValueOf(TomlMember member)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(member.Key.Name) > Secret.MaxKeySize)
        {
            flaws.Add(member, path, KeyTooLong); // Named by its table: the key would fill the answer.
            return null;
        }

        switch (member.Value)
        {
            case TomlString text: return new SecretValue.Text(text.Value);
            case TomlInteger number: return new SecretValue.Integer(number.Value);
            case TomlFloat number: return new SecretValue.Float(number.Value);
            case TomlBoolean flag: return new SecretValue.Boolean(flag.Value);
            case TomlOffsetDateTime date: return new SecretValue.Date(date.Value);
            default:
                flaws.Add(PlaceOf(member), [.. path, member.Key.Name], FlawOf(member.Value));
                return null;
        }
    }

    /// <summary>Of a table with a header its header, wherever its name stands first.</summary>
    private static TomlPosition PlaceOf(TomlMember member) => member.Value is TomlTable table ? table.Position : member.Key.Position;

    private static string FlawOf(TomlNode value) => value switch
    {
        TomlTable => "A shard has no tables in it.",
        TomlArray => "An array is no secret.",
        _ => "A date must have a time and an offset, such as 2026-11-21T19:19:00Z.",
    };
}
