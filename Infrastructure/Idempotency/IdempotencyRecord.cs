namespace Repository.Infrastructure.Idempotency;

/// <summary>The answer of an operation that was called with an <c>Idempotency-Key</c>, kept for a day with its effect.</summary>
internal sealed class IdempotencyRecord
{
    /// <summary>How long an answer is kept (design/api.md, Conventions).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>A keyed hash of caller, method, path with query and key: 32 bytes.</summary>
    public required byte[] Scope { get; init; }

    /// <summary>A keyed hash of the request's body: 32 bytes.</summary>
    public required byte[] BodyHash { get; init; }

    /// <summary>The answer, sealed to this row.</summary>
    public required byte[] SealedAnswer { get; init; }

    public required DateTimeOffset ExpiresDate { get; init; }
}
