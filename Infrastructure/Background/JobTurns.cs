using Repository.Infrastructure.Cluster;

namespace Repository.Infrastructure.Background;

/// <summary>Whether a round of background work is this node's to do now.</summary>
internal sealed class JobTurns(ServingState serving)
{
    /// <summary>A node that waits, or is disabled, writes nothing.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="ct">Ends the asking.</param>
    public ValueTask<bool> IsMineAsync(string job, CancellationToken ct) => new(serving.IsServing);
}
