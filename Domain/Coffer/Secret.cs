namespace Repository.Domain.Coffer;

/// <summary>A secret of a shard. It prints its key and its value's type.</summary>
/// <param name="key">Any text of at most <see cref="MaxKeySize"/> bytes, the empty one too; no two of a shard are alike.</param>
/// <param name="value">The value.</param>
public sealed class Secret(string key, SecretValue value)
{
    /// <summary>In bytes of UTF-8.</summary>
    public const int MaxKeySize = 1_024;

    public string Key { get; } = key;

    public SecretValue Value { get; } = value;

    public override string ToString() => $"{Key}: {Value}";
}
