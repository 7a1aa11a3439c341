namespace Repository.Infrastructure.Idempotency;

/// <summary>What became of a call with an <c>Idempotency-Key</c>.</summary>
public abstract record IdempotentOutcome
{
    private IdempotentOutcome()
    {
    }

    /// <summary>The operation ran now; its answer is stored with its effect.</summary>
    public sealed record Executed(StoredAnswer Answer) : IdempotentOutcome;

    /// <summary>It ran before; this is what it answered then.</summary>
    public sealed record Replayed(StoredAnswer Answer) : IdempotentOutcome;

    /// <summary>The key was used with another body.</summary>
    public sealed record KeyReused : IdempotentOutcome;

    /// <summary>The first call with this key has not ended, here or at another node.</summary>
    public sealed record InProgress : IdempotentOutcome;
}
