using Microsoft.Extensions.Options;

namespace Repository.Infrastructure.Keys;

/// <summary>
/// When a signing key is made, signs and goes: a function of the keys and the clock, so that every node decides alike.
/// <code>
/// | lead: published, does not sign | lifetime: signs | 31 d: published, its private key is gone | removed
///                                  ^ ActiveDate      ^ ActiveDate of the next key
/// </code>
/// Nothing runs on a timer: what is due is found by whoever next asks for the keys.
/// </summary>
internal sealed class SigningKeySchedule(IOptions<TokenOptions> options)
{
    /// <summary>How many keys one write removes at the most.</summary>
    public const int MaxRemovedAtOnce = 16;

    /// <summary>How long a key stays published after its last use: longer than any token that it signed is good for.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(31);

    private static readonly TimeSpan MaxLead = TimeSpan.FromDays(1);

    private readonly TimeSpan _lifetime = options.Value.SigningKeyLifetime;

    /// <summary>How long before it takes over a key is published.</summary>
    public TimeSpan Lead { get; } = TimeSpan.FromTicks(Math.Min(MaxLead.Ticks, options.Value.SigningKeyLifetime.Ticks / 10));

    /// <summary>What is to be written now.</summary>
    /// <param name="keys">All keys in order.</param>
    /// <param name="now">The time.</param>
    public SigningKeyPlan Plan(IReadOnlyList<TokenKey> keys, DateTimeOffset now) => new(
        NextActiveDate(keys, now),
        [.. Retired(keys, now).Where(key => key.CanSign && IsPublished(keys, key, now))],
        [.. keys.Where(key => !IsPublished(keys, key, now)).Take(MaxRemovedAtOnce)]);

    /// <summary>The key that signs. Where the clock was turned back before all that can, the first of them does.</summary>
    public static TokenKey Signer(IReadOnlyList<TokenKey> keys, DateTimeOffset now) =>
        keys.LastOrDefault(key => key.CanSign && key.ActiveDate <= now) ?? keys.First(key => key.CanSign);

    /// <summary>Whether a key belongs into the JWKS.</summary>
    public static bool IsPublished(IReadOnlyList<TokenKey> keys, TokenKey key, DateTimeOffset now) =>
        SuccessorOf(keys, key) is not { } next || now < next.ActiveDate + Retention;

    /// <summary>The next time at which something is due or another key signs, as far as the keys tell.</summary>
    public DateTimeOffset NextChange(IReadOnlyList<TokenKey> keys, DateTimeOffset now) => keys
        .Skip(1).Select(key => key.ActiveDate + Retention)
        .Concat(keys.Select(key => key.ActiveDate))
        .Append(keys[^1].ActiveDate + _lifetime - Lead)
        .Where(date => date > now)
        .DefaultIfEmpty(DateTimeOffset.MaxValue)
        .Min();

    /// <returns>From when on a key that is to be made now signs; null when none is.</returns>
    private DateTimeOffset? NextActiveDate(IReadOnlyList<TokenKey> keys, DateTimeOffset now)
    {
        if (keys.Count == 0)
        {
            return now;
        }

        // Where nobody asked in time, the newest key has signed long enough: the next one does from now on.
        var end = keys[^1].ActiveDate + _lifetime;
        return now < end - Lead ? null : now < end ? end : now;
    }

    private static IEnumerable<TokenKey> Retired(IReadOnlyList<TokenKey> keys, DateTimeOffset now) =>
        keys.Where(key => SuccessorOf(keys, key)?.ActiveDate <= now);

    private static TokenKey? SuccessorOf(IReadOnlyList<TokenKey> keys, TokenKey key) =>
        keys.FirstOrDefault(other => other.Sequence > key.Sequence);
}

/// <summary>What is due at the signing keys.</summary>
/// <param name="NextActiveDate">From when on the key that is to be made signs; null when none is to be made.</param>
/// <param name="Retired">Keys whose private keys are of no use any more.</param>
/// <param name="Removed">Keys whose tokens have all ended.</param>
internal sealed record SigningKeyPlan(DateTimeOffset? NextActiveDate, IReadOnlyList<TokenKey> Retired, IReadOnlyList<TokenKey> Removed)
{
    public bool IsEmpty => NextActiveDate is null && Retired.Count == 0 && Removed.Count == 0;
}
