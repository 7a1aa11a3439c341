using System.Diagnostics.CodeAnalysis;
using Repository.Domain.Encoding.Toml;

namespace Repository.Domain.Coffer;

/// <summary>Reads shards out of a document. It goes on after a flaw, so that the one it tells is the first by place.</summary>
internal sealed class DefinitionReader
{
    private const string ClientsName = "clients";
    private const string IdName = "id";
    private const string Array = "An array is no secret.";
    private const string Stray = "It belongs to no shard: a shard is a table with an id, or a section that [clients] names.";
    private const string BadKey = "A client's public key must be a string of 64 hex digits.";

    private readonly DefinitionFlaws _flaws = new();
    private readonly Dictionary<string, ClientKey?> _clients = new(StringComparer.Ordinal);
    private readonly List<string> _path = [];
    private readonly List<DefinedShard> _shards = [];
    private readonly SecretsReader _secrets;

    public DefinitionReader() => _secrets = new SecretsReader(_flaws, _path);

    public bool TryRead(TomlTable root, [NotNullWhen(true)] out CofferDefinition? definition, [NotNullWhen(false)] out DefinitionFlaw? flaw)
    {
        if (root.TryGet(ClientsName, out var clients) && clients.Value is TomlTable names)
        {
            Inside(clients, () => ReadClients(names));
        }

        foreach (var member in root.Members)
        {
            Inside(member, () => ReadRootMember(member));
        }

        foreach (var (name, client) in _clients.Where(client => !root.TryGet(client.Key, out _)))
        {
            Add(client, name, []); // A client without a section has a shard without secrets.
        }

        flaw = _flaws.Find();
        definition = flaw is null ? new CofferDefinition(_shards) : null;
        return definition is not null;
    }

    private void ReadClients(TomlTable clients)
    {
        foreach (var member in clients.Members)
        {
            Inside(member, () =>
            {
                var client = ReadKey(member);
                _clients.Add(member.Key.Name, client);
            });
        }
    }

    private void ReadRootMember(TomlMember member)
    {
        switch (member.Value)
        {
            case TomlTable when string.Equals(member.Key.Name, ClientsName, StringComparison.Ordinal):
                break;
            case TomlTable section when _clients.TryGetValue(member.Key.Name, out var client):
                ReadSection(section, client);
                break;
            case TomlTable table:
                ReadTable(table);
                break;
            case TomlArray:
                _flaws.Add(member, _path, Array);
                break;
            default:
                _flaws.Add(member, _path, "A secret stands in a shard and not at the root.");
                break;
        }
    }

    /// <summary>The section of a client that <c>[clients]</c> names.</summary>
    private void ReadSection(TomlTable section, ClientKey? client)
    {
        if (FindId(section) is { } id)
        {
            Inside(id, () => _flaws.Add(id, _path, "The shard is defined twice: [clients] names its section, which has an id too."));
        }

        Add(client, TomlKeyText.Spell(_path), _secrets.Read(section, id: null));
    }

    /// <summary>A shard, where the table has an id; else a group of tables.</summary>
    private void ReadTable(TomlTable table)
    {
        if (FindId(table) is { } id)
        {
            ClientKey? client = null;
            Inside(id, () => client = ReadKey(id));
            Add(client, TomlKeyText.Spell(_path), _secrets.Read(table, id));
            return;
        }

        if (table.Members.Count == 0)
        {
            _flaws.Add(table.Position, _path, Stray);
        }

        foreach (var member in table.Members)
        {
            Inside(member, () => ReadGrouped(member));
        }
    }

    private void ReadGrouped(TomlMember member)
    {
        if (member.Value is TomlTable inner)
        {
            ReadTable(inner);
        }
        else
        {
            _flaws.Add(member, _path, member.Value is TomlArray ? Array : Stray);
        }
    }

    /// <summary>The id of a table that is a shard. A table of this name is one of a group's.</summary>
    private static TomlMember? FindId(TomlTable table) => table.TryGet(IdName, out var id) && id.Value is not TomlTable ? id : null;

    private ClientKey? ReadKey(TomlMember member)
    {
        if (member.Value is not TomlString text || !ClientKey.TryParse(text.Value, out var client))
        {
            _flaws.Add(member, _path, BadKey);
            return null;
        }

        _flaws.Claim(client, member, _path);
        return client;
    }

    private void Add(ClientKey? client, string name, IReadOnlyList<Secret> secrets)
    {
        if (client is { } key)
        {
            _shards.Add(new DefinedShard(key, name, secrets));
        }
    }

    private void Inside(TomlMember member, Action read)
    {
        _path.Add(member.Key.Name);
        read();
        _path.RemoveAt(_path.Count - 1);
    }
}
