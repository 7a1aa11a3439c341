using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Background;

/// <summary>Lets one node at a time do a round of a job. Whoever finds it taken leaves the round to the one who has it.</summary>
internal sealed record JobTurn(Database Database, AdvisoryLock Key)
{
    /// <returns>Null when another node has it.</returns>
    public ValueTask<IAsyncDisposable?> TryTakeAsync(CancellationToken ct) => Database.TryLockAsync(Key, ct);
}
