using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Background;

/// <summary>Whether a round of background work is this node's to do now.</summary>
internal sealed class JobTurns(ServingState serving, Database database)
{
    /// <summary>A node that waits, or is disabled, writes nothing.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="ct">Ends the asking.</param>
    public ValueTask<bool> IsMineAsync(string job, CancellationToken ct) => new(serving.IsServing);

    /// <summary>Takes the turn of a job that one node does at a time, for one round: disposing gives it back.</summary>
    /// <returns>Null when another node has it, which then does the round.</returns>
    public ValueTask<IAsyncDisposable?> TryTakeAsync(AdvisoryLock key, CancellationToken ct) => database.TryLockAsync(key, ct);
}
