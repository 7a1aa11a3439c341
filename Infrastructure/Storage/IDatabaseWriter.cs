namespace Repository.Infrastructure.Storage;

/// <summary>The life of a write queue, for the host.</summary>
internal interface IDatabaseWriter
{
    /// <summary>Why the newest write could not be made durable; null once one could.</summary>
    Exception? LastFailure { get; }

    /// <summary>Begins to write. Called once, after the schema is there.</summary>
    void Start();

    /// <summary>Ends after what was accepted is durable.</summary>
    void Stop();
}
