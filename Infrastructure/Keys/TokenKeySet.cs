namespace Repository.Infrastructure.Keys;

/// <summary>The keys as they were read once, and how long that holds. Immutable: callers share it without a lock.</summary>
internal sealed class TokenKeySet
{
    private readonly DateTimeOffset _until;

    /// <param name="keys">All keys in order.</param>
    /// <param name="readDate">When they were read.</param>
    /// <param name="until">When they are to be read again.</param>
    public TokenKeySet(IReadOnlyList<TokenKey> keys, DateTimeOffset readDate, DateTimeOffset until)
    {
        All = keys;
        Published = [.. keys.Where(key => SigningKeySchedule.IsPublished(keys, key, readDate))];
        Signer = SigningKeySchedule.Signer(keys, readDate);
        ReadDate = readDate;
        _until = until;
    }

    /// <summary>Every key of the table, in order.</summary>
    public IReadOnlyList<TokenKey> All { get; }

    /// <summary>The keys of the JWKS: those that will sign, the one that does, and those whose tokens may still be about.</summary>
    public IReadOnlyList<TokenKey> Published { get; }

    /// <summary>The key that signs.</summary>
    public TokenKey Signer { get; }

    public DateTimeOffset ReadDate { get; }

    /// <summary>Whether the keys need not be read again. A clock that was turned back ends it as well.</summary>
    public bool Holds(DateTimeOffset now) => ReadDate <= now && now < _until;

    /// <returns>The published key that tokens name so, or null.</returns>
    public TokenKey? Find(string kid) => Published.FirstOrDefault(key => string.Equals(key.Kid, kid, StringComparison.Ordinal));
}
