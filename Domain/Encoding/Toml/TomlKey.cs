namespace Repository.Domain.Encoding.Toml;

/// <summary>One part of a key, unquoted.</summary>
/// <param name="Name">May be empty, and hold any character.</param>
/// <param name="Position">Where the part begins, with its quotation mark.</param>
public sealed record TomlKey(string Name, TomlPosition Position);

/// <summary>A key and what it stands for.</summary>
public sealed class TomlMember
{
    internal TomlMember(TomlKey key, TomlNode value) => (Key, Value) = (key, value);

    /// <summary>As it was written first. A table may be named by later lines too; <see cref="TomlNode.Position"/> says where it was defined.</summary>
    public TomlKey Key { get; }

    public TomlNode Value { get; }
}
