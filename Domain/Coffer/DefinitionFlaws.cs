using Repository.Domain.Encoding.Toml;

namespace Repository.Domain.Coffer;

/// <summary>Finds the first flaw of a definition by place, whatever the order in which its parts are read.</summary>
internal sealed class DefinitionFlaws
{
    private readonly List<(ClientKey Client, TomlPosition Position, string Key)> _claims = [];
    private DefinitionFlaw? _first;

    /// <summary>Something is wrong with a member.</summary>
    public void Add(TomlMember member, IReadOnlyList<string> path, string message) => Add(member.Key.Position, path, message);

    /// <summary>Something is wrong at a place.</summary>
    public void Add(TomlPosition position, IReadOnlyList<string> path, string message) => Add(position, TomlKeyText.Spell(path), message);

    /// <summary>A shard says that it is this client's.</summary>
    public void Claim(ClientKey client, TomlMember member, IReadOnlyList<string> path) =>
        _claims.Add((client, member.Key.Position, TomlKeyText.Spell(path)));

    /// <returns>Null where there is none.</returns>
    public DefinitionFlaw? Find()
    {
        var clients = new HashSet<ClientKey>();
        foreach (var claim in _claims.OrderBy(static claim => claim.Position.Line).ThenBy(static claim => claim.Position.Column))
        {
            if (!clients.Add(claim.Client))
            {
                Add(claim.Position, claim.Key, "The shard of this client is defined already.");
            }
        }

        return _first;
    }

    private void Add(TomlPosition position, string key, string message)
    {
        if (_first is null || (position.Line, position.Column).CompareTo((_first.Position.Line, _first.Position.Column)) < 0)
        {
            _first = new DefinitionFlaw(position, key, message);
        }
    }
}
