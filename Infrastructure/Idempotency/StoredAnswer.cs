namespace Repository.Infrastructure.Idempotency;

/// <summary>An answer as it is given again: everything that a client could tell apart.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Location">The <c>Location</c> header, or null.</param>
/// <param name="ETag">The <c>ETag</c> header, or null.</param>
/// <param name="RetryAfter">The <c>Retry-After</c> header in seconds, or null.</param>
/// <param name="Replayed">Whether the answer was itself a replay of an earlier one (a machine's lost step).</param>
/// <param name="Body">The body; empty when there is none.</param>
public sealed record StoredAnswer(int Status, string? Location, string? ETag, long? RetryAfter, bool Replayed, byte[] Body);
