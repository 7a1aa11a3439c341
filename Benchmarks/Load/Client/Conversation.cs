namespace Repository.Benchmarks.Load.Client;

/// <summary>
/// What one connection says: it writes the next request and reads its answer. A conversation keeps its state from sample
/// to sample (a machine's current date), so it belongs to one connection at a time.
/// </summary>
internal abstract class Conversation
{
    /// <summary>Called on every new connection, before the first request.</summary>
    public virtual void Connected()
    {
    }

    /// <summary>True after an answer that is only a step towards the one that counts, whose latency is of all its steps.</summary>
    public virtual bool IsUnderway => false;

    /// <summary>The bytes to send, valid until the next call; empty when there is nothing more to say.</summary>
    public abstract ReadOnlyMemory<byte> NextRequest();

    /// <summary>Reads what has arrived.</summary>
    /// <returns>The length of the answer, or 0 when it is not complete yet.</returns>
    /// <exception cref="UnexpectedAnswerException">The answer is not the one this load is about.</exception>
    public abstract int ReadAnswer(Span<byte> received);
}
